import { join } from 'node:path';
import * as z from 'zod';
import type { LocalContext } from '#local-cloud/cloud/local-context.ts';
import type { Service } from '#local-cloud/cloud/service.ts';
import { readPolicy } from '#local-cloud/iam/policy.ts';
import { sqsBilling } from './billing.ts';
import { queueOperations } from './operations.ts';
import { openQueue } from './queue.ts';
import { createQueues, type Queues } from './queues.ts';

const queueProperties = z.object({
  QueueName: z.string().optional(),
  VisibilityTimeout: z.coerce.number().default(30),
  DelaySeconds: z.coerce.number().default(0),
  // Four days, the service's default.
  MessageRetentionPeriod: z.coerce.number().default(345_600),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() }).optional(),
});
const queuePolicy = z.object({ PolicyDocument: z.unknown(), Queues: z.array(z.string()) });

/** The local SQS, and its queues for those who poll them in process. */
export interface SqsService extends Service {
  readonly queues: Queues;
}

/** Amazon SQS, standard queues. */
export function createSqsService(context: LocalContext): SqsService {
  const queues = createQueues(context);
  let lastMoveMs = context.clock.now();
  return {
    name: 'sqs',
    wire: { protocol: 'json', target: 'AmazonSQS' },
    bills: sqsBilling,
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
          const queue = openQueue(settings, join(context.stateDirectory, 'sqs', `${name}.jsonl`));
          queues.add(queue);
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
      for (const queue of queues.all()) {
        queue.expire(lastMoveMs);
        queues.announce(queue);
      }
      lastMoveMs = nowMs;
    },
    async stop() {
      for (const queue of queues.all()) queue.close();
    },
  };
}
