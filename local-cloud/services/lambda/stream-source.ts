import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { openJournal } from '#local-cloud/cloud/journal.ts';
import type { LocalContext } from '#local-cloud/cloud/local-context.ts';
import { invokeWithBatch, type MappingSettings } from './event-source-mapping.ts';
import type { LocalFunction } from './function-workers.ts';
import type { PollSource } from './poller.ts';
import { setAside } from './set-aside.ts';

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

/** A table's stream that feeds a function, in order: retries, halves and finally sets aside a batch that fails. */
export function streamSource(
  context: LocalContext,
  onStreamRecords: OnStreamRecords,
  mapping: MappingSettings,
  fn: LocalFunction,
): PollSource {
  const role = context.roleOf(fn.roleArn);
  const StreamArn = mapping.sourceArn;
  let after: string | undefined;
  // Where reading goes on after a restart; only the last line counts.
  const journal = openJournal(join(context.stateDirectory, 'lambda', `${mapping.id}.jsonl`), (entry) => {
    ({ after } = checkpoint.parse(entry));
  });
  if (after !== undefined) journal.rewrite([{ after }]);
  const streams = (operation: string, input: object) => context.call(role, 'dynamodb-streams', operation, { ...input });
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
  /** Reads on as long as batches are full: a few that come now are gathered until the next poll, so that batches are not needlessly small. */
  const readAll = async (isStopped: () => boolean): Promise<boolean> => {
    let did = false;
    next ??= await open();
    while (!isStopped()) {
      const Limit = mapping.batchSize ?? 100;
      const { Records, NextShardIterator } = page.parse(await streams('GetRecords', { ShardIterator: next, Limit }));
      const last = Records.at(-1);
      if (!last) break;
      did = true;
      const accepted = Records.filter((record) => mapping.accepts(record));
      if (accepted.length > 0) await handle(accepted, isStopped);
      if (isStopped()) break;
      save(last.dynamodb.SequenceNumber);
      next = NextShardIterator;
      if (Records.length < Limit) break;
    }
    return did;
  };

  /** Halving a batch does not count as a retry. */
  const handle = async (batch: readonly StreamRecord[], isStopped: () => boolean, retries = 0): Promise<void> => {
    if (batch.length === 0 || isStopped()) return;
    const numbers = batch.map(({ dynamodb }) => dynamodb.SequenceNumber);
    const records = batch.map((record) => ({ ...record, eventSourceARN: StreamArn }));
    const outcome = await invokeWithBatch(context, mapping, fn, records, new Set(numbers));
    if (!outcome.failed && outcome.items.size === 0) return;
    // Everything from the first reported failure on is tried again.
    const from = outcome.failed ? 0 : numbers.findIndex((number) => outcome.items.has(number));
    const rest = batch.slice(from);
    if (mapping.bisects && rest.length > 1) {
      const middle = Math.ceil(rest.length / 2);
      await handle(rest.slice(0, middle), isStopped, retries);
      await handle(rest.slice(middle), isStopped, retries);
      return;
    }
    if (mapping.maximumRetries >= 0 && retries >= mapping.maximumRetries) {
      await setAside(context, mapping, fn, { shardId, records: rest, invokeCount: retries + 1 });
      return;
    }
    await sleep(Math.min(firstPauseMs * 2 ** retries, longestPauseMs));
    await handle(rest, isStopped, retries + 1);
  };

  return {
    concurrency: 1,
    windowMs: Math.max(pollMs, mapping.windowMs),
    // Only a read tells.
    waiting: () => 'some',
    async take(isStopped) {
      try {
        return !isStopped() && (await readAll(isStopped));
      } catch (error) {
        // A read that failed begins again at its first record.
        await sleep(firstPauseMs);
        throw error;
      }
    },
    listen: (wake) => onStreamRecords(StreamArn, wake),
    close: () => journal.close(),
  };
}
