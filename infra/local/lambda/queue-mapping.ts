import * as z from 'zod';
import { invokeWithBatch, type Mapping, type MappingSettings } from '#infra/local/lambda/event-source-mapping.ts';
import { type LocalFunction, maximumThreads } from '#infra/local/lambda/function-workers.ts';
import type { LocalContext } from '#infra/local/local-context.ts';
import type { Queues } from '#infra/local/sqs/sqs.ts';

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
// Messages that become visible again announce themselves to nobody.
const pollMs = 1000;

/** Feeds a function from a queue: batches by size or window, deletes what succeeded, leaves the rest to reappear. */
export function queueMapping(
  context: LocalContext,
  queues: Queues,
  mapping: MappingSettings,
  fn: LocalFunction,
): Mapping {
  const queue = queues.byArn(mapping.sourceArn);
  const batchSize = mapping.batchSize ?? 10;
  const concurrency = Math.min(mapping.maximumConcurrency ?? maximumThreads, maximumThreads);
  const role = context.roleOf(fn.roleArn);
  const QueueUrl = queues.urlOf(queue);
  let running = 0;
  let window: NodeJS.Timeout | undefined;
  const stops: (() => void)[] = [];

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
  const handle = async (): Promise<boolean> => {
    const batch = await receive();
    if (batch.length === 0) return false;
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
    return true;
  };
  const take = (): void => {
    clearTimeout(window);
    window = undefined;
    if (running >= concurrency) return;
    running++;
    context.activity
      .track(handle)
      .catch((error: unknown) => console.error(`event source mapping of ${fn.name}:`, error))
      .finally(() => {
        running--;
        consider();
      });
  };
  /** Takes a batch when it is full or its window is over. */
  const consider = (): void => {
    if (running >= concurrency || stops.length === 0) return;
    const { visible } = queue.counts(context.clock.now());
    if (visible === 0) return;
    if (visible >= batchSize || mapping.windowMs === 0) take();
    else window ??= setTimeout(take, mapping.windowMs).unref();
  };

  return {
    async start() {
      const poll = setInterval(consider, pollMs).unref();
      stops.push(queues.onMessages(mapping.sourceArn, consider), () => clearInterval(poll));
      consider();
    },
    async flush() {
      if (running >= concurrency || queue.counts(context.clock.now()).visible === 0) return false;
      take();
      return true;
    },
    stop() {
      for (const stop of stops.splice(0)) stop();
      clearTimeout(window);
    },
  };
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
