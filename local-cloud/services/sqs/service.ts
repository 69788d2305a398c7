import { join } from 'node:path';
import * as z from 'zod';
import type { LocalContext } from '#local-cloud/cloud/local-context.ts';
import type { Service } from '#local-cloud/cloud/service.ts';
import { ServiceError } from '#local-cloud/cloud/service.ts';
import { readPolicy } from '#local-cloud/iam/policy.ts';
import { queueOperations } from './operations.ts';
import { Queue } from './queue.ts';

/** The queues of this cloud, and a way to hear of new messages. */
export interface Queues {
  byUrl(url: string): Queue;
  byArn(arn: string): Queue;
  all(): readonly Queue[];
  urlOf(queue: Queue): string;
  /** URLs of those that hold messages, visible or not. */
  nonEmpty(): readonly string[];
  announce(queue: Queue): void;
  /** Calls the listener after something may have become receivable. Returns how to stop that. */
  onMessages(queueArn: string, listener: () => void): () => void;
}

const queueProperties = z.object({
  QueueName: z.string().optional(),
  VisibilityTimeout: z.coerce.number().default(30),
  DelaySeconds: z.coerce.number().default(0),
  // Four days, the service's default.
  MessageRetentionPeriod: z.coerce.number().default(345_600),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() }).optional(),
});
const queuePolicy = z.object({ PolicyDocument: z.unknown(), Queues: z.array(z.string()) });

/** Amazon SQS, standard queues. */
export function createSqsService(context: LocalContext): Service & { readonly queues: Queues } {
  const byName = new Map<string, Queue>();
  const listeners = new Map<string, Set<() => void>>();
  let lastMoveMs = context.clock.now();
  const wake = (arn: string) => {
    for (const listener of listeners.get(arn) ?? []) listener();
  };
  const named = (name: string): Queue => {
    const queue = byName.get(name);
    if (queue) return queue;
    throw new ServiceError('QueueDoesNotExist', `The specified queue does not exist: ${name}`, 400);
  };
  const queues: Queues = {
    byUrl: (url) => named(url.split('/').at(-1) ?? url),
    byArn: (arn) => named(arn.split(':').at(-1) ?? arn),
    all: () => [...byName.values()],
    urlOf: ({ settings }) => `${context.endpoint()}/${context.account}/${settings.name}`,
    nonEmpty() {
      const nowMs = context.clock.now();
      const holding = queues.all().filter((queue) => Object.values(queue.counts(nowMs)).some((count) => count > 0));
      return holding.map((queue) => queues.urlOf(queue));
    },
    announce: ({ settings }) => wake(settings.arn),
    onMessages(arn, listener) {
      const set = listeners.get(arn) ?? new Set();
      listeners.set(arn, set.add(listener));
      return () => set.delete(listener);
    },
  };

  return {
    name: 'sqs',
    target: 'AmazonSQS',
    queues,
    operations: queueOperations(queues, context),
    resources: {
      'AWS::SQS::Queue': {
        properties: [
          'DelaySeconds',
          'KmsMasterKeyId',
          'MessageRetentionPeriod',
          'QueueName',
          'RedriveAllowPolicy',
          'RedrivePolicy.deadLetterTargetArn',
          'RedrivePolicy.maxReceiveCount',
          'SqsManagedSseEnabled',
          'VisibilityTimeout',
        ],
        async create(properties, { physicalName }) {
          const parsed = queueProperties.parse(properties);
          const name = parsed.QueueName ?? physicalName(80);
          const arn = `arn:aws:sqs:${context.region}:${context.account}:${name}`;
          const redrive = parsed.RedrivePolicy;
          const settings = {
            name,
            arn,
            visibilityTimeoutSeconds: parsed.VisibilityTimeout,
            delaySeconds: parsed.DelaySeconds,
            retentionSeconds: parsed.MessageRetentionPeriod,
            ...(redrive
              ? { deadLetters: { arn: redrive.deadLetterTargetArn, maxReceives: redrive.maxReceiveCount } }
              : {}),
          };
          const queue = new Queue(settings, join(context.stateDirectory, 'sqs', `${name}.jsonl`));
          byName.set(name, queue);
          return { ref: queues.urlOf(queue), attributes: { Arn: arn, QueueName: name, QueueUrl: queues.urlOf(queue) } };
        },
      },
      'AWS::SQS::QueuePolicy': {
        properties: ['PolicyDocument', 'Queues'],
        async create(properties, { physicalName }) {
          const { PolicyDocument, Queues } = queuePolicy.parse(properties);
          for (const url of Queues)
            context.iam.addResourcePolicy(queues.byUrl(url).settings.arn, readPolicy(PolicyDocument));
          return { ref: physicalName() };
        },
      },
    },
    async clockMoved(nowMs) {
      // Retention counts from the time before the move, so that a jump takes no message from a reader on its way.
      for (const queue of byName.values()) {
        queue.expire(lastMoveMs);
        wake(queue.settings.arn);
      }
      lastMoveMs = nowMs;
    },
    async stop() {
      for (const queue of byName.values()) queue.close();
    },
  };
}
