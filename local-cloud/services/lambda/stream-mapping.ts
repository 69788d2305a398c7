import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { openJournal } from '#local-cloud/cloud/journal.ts';
import type { LocalContext } from '#local-cloud/cloud/local-context.ts';
import { InjectedFault } from '#local-cloud/faults/injected-fault.ts';
import { invokeWithBatch, type Mapping, type MappingSettings } from './event-source-mapping.ts';
import type { LocalFunction } from './function-workers.ts';

/** Wakes a listener when a table's stream has new records. */
export type OnStreamRecords = (streamArn: string, listener: () => void) => () => void;

const description = z.object({
  StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })).min(1) }),
});
const iterator = z.object({ ShardIterator: z.string() });
const streamRecord = z.looseObject({
  dynamodb: z.looseObject({ SequenceNumber: z.string(), ApproximateCreationDateTime: z.number() }),
});
type StreamRecord = z.infer<typeof streamRecord>;
const page = z.object({ Records: z.array(streamRecord), NextShardIterator: z.string() });
const checkpoint = z.object({ after: z.string() });

// Lambda polls a shard four times a second.
const pollMs = 250;
const firstPauseMs = 50;
const longestPauseMs = 2000;

/** Feeds a function from a table's stream, in order: retries, halves and finally sets aside a batch that fails. */
export function streamMapping(
  context: LocalContext,
  onStreamRecords: OnStreamRecords,
  mapping: MappingSettings,
  fn: LocalFunction,
): Mapping {
  const role = context.roleOf(fn.roleArn);
  const StreamArn = mapping.sourceArn;
  let after: string | undefined;
  // Where reading goes on after a restart; only the last line counts.
  const journal = openJournal(join(context.stateDirectory, 'lambda', `${mapping.id}.jsonl`), (entry) => {
    ({ after } = checkpoint.parse(entry));
  });
  if (after !== undefined) journal.rewrite([{ after }]);
  const streams = (operation: string, input: object) => context.call(role, 'dynamodb-streams', operation, { ...input });
  let stopped = true;
  let reading: Promise<boolean> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopListening: (() => void) | undefined;
  let shardId = '';

  const save = (last: string): void => {
    after = last;
    journal.append({ after });
  };
  const open = async (): Promise<string> => {
    const { StreamDescription } = description.parse(await streams('DescribeStream', { StreamArn }));
    shardId = StreamDescription.Shards[0]?.ShardId ?? '';
    const where =
      after === undefined
        ? { ShardIteratorType: mapping.startingPosition }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after };
    return iterator.parse(await streams('GetShardIterator', { StreamArn, ShardId: shardId, ...where })).ShardIterator;
  };
  let next: string | undefined;
  const readAll = async (): Promise<boolean> => {
    let did = false;
    if (stopped) return did;
    next ??= await open();
    while (!stopped) {
      const Limit = mapping.batchSize ?? 100;
      const { Records, NextShardIterator } = page.parse(await streams('GetRecords', { ShardIterator: next, Limit }));
      const last = Records.at(-1);
      if (!last) break;
      did = true;
      const accepted = Records.filter((record) => mapping.accepts(record));
      if (accepted.length > 0) await handle(accepted);
      if (stopped) break;
      save(last.dynamodb.SequenceNumber);
      next = NextShardIterator;
      if (Records.length < Limit) {
        // More may come: gather it until the next poll, so that batches are not needlessly small.
        readLater();
        break;
      }
    }
    return did;
  };

  /** Halving a batch does not count as a retry. */
  const handle = async (batch: readonly StreamRecord[], retries = 0): Promise<void> => {
    if (batch.length === 0 || stopped) return;
    const numbers = batch.map(({ dynamodb }) => dynamodb.SequenceNumber);
    const records = batch.map((record) => ({ ...record, eventSourceARN: StreamArn }));
    const outcome = await invokeWithBatch(context, mapping, fn, records, new Set(numbers));
    if (!outcome.failed && outcome.items.size === 0) return;
    // Everything from the first reported failure on is tried again.
    const from = outcome.failed ? 0 : numbers.findIndex((number) => outcome.items.has(number));
    const rest = batch.slice(from);
    if (mapping.bisects && rest.length > 1) {
      const middle = Math.ceil(rest.length / 2);
      await handle(rest.slice(0, middle), retries);
      await handle(rest.slice(middle), retries);
      return;
    }
    if (mapping.maximumRetries >= 0 && retries >= mapping.maximumRetries) return setAside(rest, retries + 1);
    await sleep(Math.min(firstPauseMs * 2 ** retries, longestPauseMs));
    await handle(rest, retries + 1);
  };

  const setAside = async (batch: readonly StreamRecord[], approximateInvokeCount: number): Promise<void> => {
    if (!mapping.onFailureArn) return;
    const [first, last] = [batch[0]?.dynamodb, batch.at(-1)?.dynamodb];
    const iso = (seconds = 0) => new Date(seconds * 1000).toISOString();
    const MessageBody = JSON.stringify({
      requestContext: {
        requestId: crypto.randomUUID(),
        functionArn: fn.arn,
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: new Date(context.clock.now()).toISOString(),
      DDBStreamBatchInfo: {
        shardId,
        startSequenceNumber: first?.SequenceNumber,
        endSequenceNumber: last?.SequenceNumber,
        approximateArrivalOfFirstRecord: iso(first?.ApproximateCreationDateTime),
        approximateArrivalOfLastRecord: iso(last?.ApproximateCreationDateTime),
        batchSize: batch.length,
        streamArn: StreamArn,
      },
    });
    await context.call(role, 'sqs', 'SendMessage', { QueueUrl: mapping.onFailureArn.split(':').at(-1), MessageBody });
  };

  /** A read that failed begins again at its first record. */
  const readAgain = async (error: unknown): Promise<boolean> => {
    if (!(error instanceof InjectedFault)) console.error(`event source mapping of ${fn.name}:`, error);
    await sleep(firstPauseMs);
    readLater();
    return true;
  };
  const read = (): Promise<boolean> => {
    clearTimeout(timer);
    timer = undefined;
    reading ??= context.activity
      .track(() => readAll().catch(readAgain))
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  const readLater = (): void => {
    if (!stopped) timer ??= setTimeout(() => void read(), Math.max(pollMs, mapping.windowMs)).unref();
  };

  return {
    async start() {
      stopped = false;
      stopListening = onStreamRecords(StreamArn, readLater);
      readLater();
    },
    flush: () => read(),
    stop() {
      stopped = true;
      stopListening?.();
      clearTimeout(timer);
      journal.close();
    },
  };
}
