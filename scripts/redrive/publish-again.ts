import { DynamoDBStreamsClient, GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { v7 as uuidv7 } from 'uuid';
import * as z from 'zod';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import { parseJson } from '#runtime/parse.ts';
import { outputOf, type Target } from '#scripts/target/target.ts';
import type { PublishDeps } from '#use-cases/publish/publish-customer-changes.ts';
import type { SendDeadLetters } from './drain.ts';

/** What Lambda tells of a stream batch that it gave up: the place in the stream, not the records. */
const GivenUpBatch = z.object({
  DDBStreamBatchInfo: z.object({
    shardId: z.string(),
    startSequenceNumber: z.string(),
    endSequenceNumber: z.string(),
    streamArn: z.string(),
  }),
});

/** Publishes what records of a stream say, those that it does not know left out. */
export type PublishRecords = (records: readonly unknown[], deps: PublishDeps) => Promise<void>;

/** Publishes what records say that have the shape of a table's. */
export function publishingOf<Told>(
  record: z.ZodType<readonly Told[]>,
  publish: (deps: PublishDeps) => (told: readonly Told[]) => Promise<void>,
): PublishRecords {
  return (records, deps) => publish(deps)(records.flatMap((each) => record.safeParse(each).data ?? []));
}

/** Stream batches that were not published are read again, which the stream allows for 24 hours, and published. */
export function publishAgain(target: Target, publish: PublishRecords): SendDeadLetters {
  const streams = new DynamoDBStreamsClient(target.client);
  const bus = () => eventBridgeBus(new EventBridgeClient(target.client), outputOf(target, 'BusName'));

  async function recordsOf(body: string) {
    const { DDBStreamBatchInfo: batch } = parseJson(GivenUpBatch, body, 'A given-up stream batch');
    const { ShardIterator: first } = await streams.send(
      new GetShardIteratorCommand({
        StreamArn: batch.streamArn,
        ShardId: batch.shardId,
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        SequenceNumber: batch.startSequenceNumber,
      }),
    );
    const end = BigInt(batch.endSequenceNumber);
    const records: unknown[] = [];
    for (let iterator = first; iterator !== undefined; ) {
      const { Records = [], NextShardIterator } = await streams.send(
        new GetRecordsCommand({ ShardIterator: iterator }),
      );
      const due = Records.filter(({ dynamodb }) => BigInt(dynamodb?.SequenceNumber ?? 0) <= end);
      records.push(...due);
      const isDone = due.length < Records.length || BigInt(due.at(-1)?.dynamodb?.SequenceNumber ?? end) >= end;
      iterator = isDone ? undefined : NextShardIterator;
    }
    return records;
  }

  return async (bodies) => {
    for (const body of bodies) {
      await publish(await recordsOf(body), { bus: bus(), now: Date.now, newId: uuidv7 });
    }
  };
}
