import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Call, CloudContext, Operation, Shuffle } from '#local-cloud/cloud/service.ts';
import { sqsError } from './errors.ts';
import type { Queue, ReceivedMessage } from './queue.ts';
import type { Queues } from './queues.ts';

const ofQueue = z.object({ QueueUrl: z.string() });
const attributes = z.record(z.string(), z.record(z.string(), z.unknown())).optional();
const outgoing = z.object({
  MessageBody: z.string().min(1),
  MessageAttributes: attributes,
  DelaySeconds: z.number().optional(),
});
const receive = z.object({
  MaxNumberOfMessages: z.number().int().min(1).max(10).default(1),
  VisibilityTimeout: z.number().optional(),
  WaitTimeSeconds: z.number().max(20).default(0),
});
const sendBatch = z.object({
  Entries: z
    .array(outgoing.extend({ Id: z.string() }))
    .min(1)
    .max(10),
});
const visibility = z.object({ ReceiptHandle: z.string(), VisibilityTimeout: z.number().min(0).max(43_200) });
const byReceipt = z.object({ ReceiptHandle: z.string() });
const deleteBatch = z.object({
  Entries: z
    .array(byReceipt.extend({ Id: z.string() }))
    .min(1)
    .max(10),
});
const moveTask = z.object({ SourceArn: z.string(), DestinationArn: z.string().optional() });

// SQS's limit for a message and for a batch.
const maximumBytes = 1_048_576;

/** The operations of SQS that the app, its event source mappings and its operators use. */
export function queueOperations(queues: Queues, context: CloudContext): Readonly<Record<string, Operation>> {
  const on = (
    action: string,
    run: (queue: Queue, input: Readonly<Record<string, unknown>>, call: Call) => Promise<unknown> | unknown,
  ): Operation => {
    const queueOf = (input: unknown) => queues.byUrl(parsed(ofQueue, input).QueueUrl);
    return {
      permissions: (input) => [{ action: `sqs:${action}`, resources: [queueOf(input).settings.arn] }],
      run: async (input, call) => run(queueOf(input), input, call),
    };
  };
  const send = (queue: Queue, { MessageBody, MessageAttributes, DelaySeconds }: z.infer<typeof outgoing>) => {
    if (Buffer.byteLength(MessageBody) > maximumBytes) {
      throw sqsError('InvalidParameterValue', `message must be shorter than ${maximumBytes} bytes`);
    }
    const { id, bodyMd5 } = queue.send(
      MessageBody,
      MessageAttributes,
      DelaySeconds ?? queue.settings.delaySeconds,
      context.clock.now(),
    );
    queues.announce(queue);
    return { MessageId: id, MD5OfMessageBody: bodyMd5 };
  };
  const take = (queue: Queue, limit: number, visibilitySeconds: number, shuffle?: Shuffle) =>
    queue.receive(
      limit,
      visibilitySeconds,
      context.clock.now(),
      ({ body, attributes }) => {
        const target = queue.settings.deadLetters;
        if (target) send(queues.byArn(target.arn), { MessageBody: body, MessageAttributes: attributes });
      },
      shuffle,
    );

  return {
    SendMessage: on('SendMessage', (queue, input) => send(queue, parsed(outgoing, input))),
    SendMessageBatch: on('SendMessage', (queue, input) => ({
      Successful: parsed(sendBatch, input).Entries.map((entry) => ({ Id: entry.Id, ...send(queue, entry) })),
      Failed: [],
    })),
    ReceiveMessage: on('ReceiveMessage', async (queue, input, { shuffle }) => {
      const { MaxNumberOfMessages, VisibilityTimeout, WaitTimeSeconds } = parsed(receive, input);
      const seconds = VisibilityTimeout ?? queue.settings.visibilityTimeoutSeconds;
      const first = take(queue, MaxNumberOfMessages, seconds, shuffle);
      if (first.length > 0 || WaitTimeSeconds === 0) return { Messages: first.map(described) };
      await new Promise<void>((resolve) => {
        const stopListening = queues.onMessages(queue.settings.arn, resolve);
        void sleep(WaitTimeSeconds * 1000, undefined, { ref: false })
          .then(stopListening)
          .then(() => resolve());
      });
      return { Messages: take(queue, MaxNumberOfMessages, seconds, shuffle).map(described) };
    }),
    DeleteMessage: on('DeleteMessage', (queue, input) => {
      queue.delete([parsed(byReceipt, input).ReceiptHandle]);
      return {};
    }),
    DeleteMessageBatch: on('DeleteMessage', (queue, input) => {
      const { Entries } = parsed(deleteBatch, input);
      queue.delete(Entries.map(({ ReceiptHandle }) => ReceiptHandle));
      return { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] };
    }),
    ChangeMessageVisibility: on('ChangeMessageVisibility', (queue, input) => {
      const { ReceiptHandle, VisibilityTimeout } = parsed(visibility, input);
      if (!queue.changeVisibility(ReceiptHandle, VisibilityTimeout, context.clock.now())) {
        throw sqsError('ReceiptHandleIsInvalid', 'The receipt handle is not of a message in this queue');
      }
      queues.announce(queue);
      return {};
    }),
    PurgeQueue: on('PurgeQueue', (queue) => {
      queue.drain();
      return {};
    }),
    GetQueueAttributes: on('GetQueueAttributes', (queue) => {
      const { visible, hidden, delayed } = queue.counts(context.clock.now());
      const { arn, visibilityTimeoutSeconds, deadLetters } = queue.settings;
      const redrive = deadLetters && { deadLetterTargetArn: deadLetters.arn, maxReceiveCount: deadLetters.maxReceives };
      return {
        Attributes: {
          QueueArn: arn,
          VisibilityTimeout: String(visibilityTimeoutSeconds),
          ApproximateNumberOfMessages: String(visible),
          ApproximateNumberOfMessagesNotVisible: String(hidden),
          ApproximateNumberOfMessagesDelayed: String(delayed),
          ...(redrive ? { RedrivePolicy: JSON.stringify(redrive) } : {}),
        },
      };
    }),
    GetQueueUrl: {
      permissions: (input) => [{ action: 'sqs:GetQueueUrl', resources: [namedQueue(queues, input).settings.arn] }],
      run: async (input) => ({ QueueUrl: queues.urlOf(namedQueue(queues, input)) }),
    },
    ListQueues: {
      permissions: () => [
        { action: 'sqs:ListQueues', resources: [`arn:aws:sqs:${context.region}:${context.account}:*`] },
      ],
      run: async () => ({ QueueUrls: queues.all().map((queue) => queues.urlOf(queue)) }),
    },
    StartMessageMoveTask: {
      permissions: (input) => {
        const { source, destination } = moveOf(queues, input);
        return [
          { action: 'sqs:StartMessageMoveTask', resources: [source.settings.arn] },
          { action: 'sqs:SendMessage', resources: [destination.settings.arn] },
        ];
      },
      async run(input) {
        const { source, destination } = moveOf(queues, input);
        source.drain(({ body, attributes }) => send(destination, { MessageBody: body, MessageAttributes: attributes }));
        return { TaskHandle: Buffer.from(source.settings.arn).toString('base64') };
      },
    },
  };
}

/** Without a destination, dead letters go back to the queue that they came from, when it is the only one. */
function moveOf(queues: Queues, input: unknown): { source: Queue; destination: Queue } {
  const { SourceArn, DestinationArn } = parsed(moveTask, input);
  const origins = queues.all().filter(({ settings }) => settings.deadLetters?.arn === SourceArn);
  const destination = DestinationArn === undefined ? origins[0] : queues.byArn(DestinationArn);
  if (destination === undefined || (DestinationArn === undefined && origins.length > 1)) {
    throw sqsError('InvalidParameterValue', `name a DestinationArn: ${origins.length} queues bury in ${SourceArn}`);
  }
  return { source: queues.byArn(SourceArn), destination };
}

const namedQueue = (queues: Queues, input: unknown): Queue =>
  queues.byUrl(parsed(z.object({ QueueName: z.string() }), input).QueueName);

function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw sqsError('InvalidParameterValue', z.prettifyError(result.error));
}

function described({ id, body, receipt, bodyMd5, attributes, receives, sentAt, firstReceivedAt }: ReceivedMessage) {
  return {
    MessageId: id,
    ReceiptHandle: receipt,
    Body: body,
    MD5OfBody: bodyMd5,
    ...(attributes ? { MessageAttributes: attributes } : {}),
    Attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: String(sentAt),
      ApproximateFirstReceiveTimestamp: String(firstReceivedAt ?? sentAt),
      SenderId: 'local',
    },
  };
}
