import { join } from 'node:path';
import { openJournal } from '#local-cloud/cloud/journal.ts';
import type { CloudContext } from '#local-cloud/cloud/service.ts';
import { InjectedFault } from '#local-cloud/faults/injected-fault.ts';
import { deliverRecords } from './deliver-records.ts';
import type { ParquetWriter } from './parquet-file.ts';
import { entryToRecord, recordToEntry, type StreamRecord } from './stream-record.ts';
import type { StreamSettings } from './stream-settings.ts';

/** A delivery stream: records wait, durably, until their buffer is full or old. */
export interface DeliveryStream {
  readonly settings: StreamSettings;
  put(records: readonly StreamRecord[]): void;
  /** Delivers what is due: all of it when `now`. Resolves to whether anything was delivered. */
  deliver(now: boolean): Promise<boolean>;
  stop(): void;
}

/** Wait before records whose delivery failed are tried again, in milliseconds. */
const retryMs = 30_000;

/** Opens a stream with the records that an earlier process left waiting. */
export function openDeliveryStream(
  context: CloudContext,
  writer: ParquetWriter,
  settings: StreamSettings,
): DeliveryStream {
  let waiting: StreamRecord[] = [];
  let waitingBytes = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  const journal = openJournal(join(context.stateDirectory, 'firehose', `${settings.name}.jsonl`), (entry) => {
    waiting.push(entryToRecord(entry));
  });
  const bytesOf = (records: readonly StreamRecord[]) => records.reduce((sum, { data }) => sum + data.length, 0);
  waitingBytes = bytesOf(waiting);

  const due = () => {
    const [oldest] = waiting;
    if (oldest === undefined) return false;
    return waitingBytes >= settings.bufferBytes || context.clock.now() - oldest.arrivalMs >= settings.bufferMs;
  };
  const wake = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void context.activity.track(() => stream.deliver(false)).catch(report), Math.max(0, ms));
    timer.unref();
  };
  const report = (error: unknown) => {
    if (!(error instanceof InjectedFault))
      console.error(`Delivery stream ${settings.name}: delivery failed, its records wait:`, error);
    wake(retryMs);
  };
  const watch = () => {
    const [oldest] = waiting;
    if (oldest === undefined) clearTimeout(timer);
    else wake(due() ? 0 : settings.bufferMs - (context.clock.now() - oldest.arrivalMs));
  };

  const stream: DeliveryStream = {
    settings,
    put(records) {
      journal.append(...records.map(recordToEntry));
      waiting.push(...records);
      waitingBytes += bytesOf(records);
      watch();
    },
    async deliver(now) {
      const work = running.then(async () => {
        if (waiting.length === 0 || !(now || due())) return false;
        // A copy: records that arrive during the delivery wait for the next.
        const taken = [...waiting];
        await deliverRecords(context, writer, settings, taken);
        waiting = waiting.slice(taken.length);
        waitingBytes = bytesOf(waiting);
        journal.rewrite(waiting.map(recordToEntry));
        watch();
        return true;
      });
      running = work.catch(() => undefined);
      return work;
    },
    stop: () => clearTimeout(timer),
  };
  watch();
  return stream;
}
