import * as z from 'zod';
import type { LocalContext } from '#local-cloud/cloud/local-context.ts';
import type { Queues } from '#local-cloud/services/sqs/queues.ts';
import { checkVisibility } from './check-visibility.ts';
import { invokeWithBatch, type MappingSettings } from './event-source-mapping.ts';
import { type LocalFunction, maximumThreads } from './function-workers.ts';
import type { PollSource } from './poller.ts';

const received = z.object({
  Messages: z.array(
    z.object({
      MessageId: z.string(),
      ReceiptHandle: z.string(),
      Body: z.string(),
      MD5OfBody: z.string(),
      Attributes: z.record(z.string(), z.string()),
      MessageAttributes: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
    }),
  ),
});
type Message = z.infer<typeof received>['Messages'][number];

// SQS hands out and deletes ten messages a call.
const callSize = 10;
// Lambda takes 6 MB of events; a record without its body is well under 2 KB.
const payloadBytes = 6_000_000;
const recordBytes = 2_000;
// Messages that become visible again announce themselves to nobody.
const pollMs = 1000;

/** A queue that feeds a function: batches by size or window, deletes what succeeded, leaves the rest to reappear. */
export function queueSource(
  context: LocalContext,
  queues: Queues,
  mapping: MappingSettings,
  fn: LocalFunction,
): PollSource {
  const queue = queues.byArn(mapping.sourceArn);
  checkVisibility(mapping.id, {
    visibilitySeconds: queue.settings.visibilityTimeoutSeconds,
    functionSeconds: fn.timeoutMs / 1000,
  });
  const batchSize = mapping.batchSize ?? 10;
  const role = context.roleOf(fn.roleArn);
  const QueueUrl = queues.urlOf(queue);
  const receive = async (): Promise<readonly Message[]> => {
    const batch: Message[] = [];
    while (batch.length < batchSize) {
      const MaxNumberOfMessages = Math.min(callSize, batchSize - batch.length);
      const output = await context.call(role, 'sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages });
      const { Messages } = received.parse(output);
      if (Messages.length === 0) break;
      batch.push(...Messages);
    }
    return batch;
  };
  const handle = async (batch: readonly Message[]): Promise<void> => {
    const ids = new Set(batch.map(({ MessageId }) => MessageId));
    const records = batch.map((message) => toRecord(message, mapping.sourceArn, context.region));
    const outcome = await invokeWithBatch(context, mapping, fn, records, ids);
    const done = outcome.failed ? [] : batch.filter(({ MessageId }) => !outcome.items.has(MessageId));
    for (let start = 0; start < done.length; start += callSize) {
      const Entries = done
        .slice(start, start + callSize)
        .map(({ MessageId, ReceiptHandle }) => ({ Id: MessageId, ReceiptHandle }));
      await context.call(role, 'sqs', 'DeleteMessageBatch', { QueueUrl, Entries });
    }
  };
  return {
    concurrency: Math.min(mapping.maximumConcurrency ?? maximumThreads, maximumThreads),
    windowMs: mapping.windowMs,
    waiting() {
      const { visible } = queue.counts(context.clock.now());
      if (visible === 0) return 'nothing';
      return visible >= batchSize || mapping.windowMs === 0 ? 'enough' : 'some';
    },
    async take() {
      for (const batch of withinPayload(await receive())) await handle(batch);
      return true;
    },
    listen(wake) {
      const poll = setInterval(wake, pollMs).unref();
      const stopListening = queues.onMessages(mapping.sourceArn, wake);
      return () => {
        stopListening();
        clearInterval(poll);
      };
    },
  };
}

/** A batch ends early where its messages would not fit into one invocation. */
function withinPayload(messages: readonly Message[]): readonly (readonly Message[])[] {
  const batches: Message[][] = [];
  let bytes = 0;
  for (const message of messages) {
    // Quotes and backslashes of the body are escaped once more in the event.
    const size = Buffer.byteLength(JSON.stringify(message.Body)) + recordBytes;
    bytes += size;
    const batch = batches.at(-1);
    if (batch && bytes <= payloadBytes) batch.push(message);
    else {
      batches.push([message]);
      bytes = size;
    }
  }
  return batches;
}

function toRecord(message: Message, eventSourceARN: string, awsRegion: string) {
  const attributes = Object.entries(message.MessageAttributes).map(([name, value]) => {
    const { StringValue, DataType } = z
      .looseObject({ StringValue: z.string().optional(), DataType: z.string() })
      .parse(value);
    return [name, { stringValue: StringValue, dataType: DataType }] as const;
  });
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes,
    messageAttributes: Object.fromEntries(attributes),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion,
  };
}
