import { type EventBridgeClient, PutEventsCommand, type PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import { type BusEntry, busSource } from '#contracts/bus/bus-event.ts';
import type { Bus } from '#ports/bus.ts';
import { BusUnavailableError } from '#runtime/errors.ts';
import { gather } from '#runtime/gather.ts';
import { fullJitter, untilSettled } from '#runtime/retry.ts';

/** PutEvents takes ten entries and 256 KB a call. */
const largestCall = { entries: 10, bytes: 250 * 1024 };
const attempts = 4;

/** The bus on EventBridge. Entries that fail alone are sent again alone, with growing pauses. */
export function eventBridgeBus(client: EventBridgeClient, busName: string, pause = fullJitter(50, 400)): Bus {
  async function put(entries: readonly BusEntry[]): Promise<void> {
    let left = entries;
    let code: string | undefined;
    const settled = await untilSettled(attempts, pause, async () => {
      const results = await send(left);
      code = results.find((result) => result.ErrorCode)?.ErrorCode;
      left = left.filter((_, index) => results[index]?.EventId === undefined);
      return left.length === 0 ? 'published' : 'conflict';
    });
    if (settled === 'conflict') {
      const why = `${left.length} of ${entries.length} entries failed ${attempts} times: ${code ?? 'no answer'}`;
      throw new BusUnavailableError(why);
    }
  }

  async function send(entries: readonly BusEntry[]): Promise<readonly PutEventsResultEntry[]> {
    const Entries = entries.map(({ detailType, detail }) => ({
      EventBusName: busName,
      Source: busSource,
      DetailType: detailType,
      Detail: detail,
    }));
    try {
      return (await client.send(new PutEventsCommand({ Entries }))).Entries ?? [];
    } catch (cause) {
      throw new BusUnavailableError(`PutEvents of ${entries.length} entries failed`, { cause });
    }
  }

  return {
    async publish(entries) {
      await gather(callsOf(entries), 4, put);
    },
  };
}

function callsOf(entries: readonly BusEntry[]): BusEntry[][] {
  const calls: BusEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = Buffer.byteLength(entry.detail) + 100;
    const call = calls.at(-1);
    if (call !== undefined && call.length < largestCall.entries && bytes + size <= largestCall.bytes) {
      call.push(entry);
      bytes += size;
    } else {
      calls.push([entry]);
      bytes = size;
    }
  }
  return calls;
}
