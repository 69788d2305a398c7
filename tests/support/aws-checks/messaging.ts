import type { Json } from '#support/stage-templates.ts';
import { type AwsCheck, type CheckedStage, every } from './aws-check.ts';

const queue = 'AWS::SQS::Queue';
const rule = 'AWS::Events::Rule';
const sqs = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide';
const events = 'https://docs.aws.amazon.com/eventbridge/latest/userguide';
const quotas = `${events}/eb-quota.html`;

const deadLettersOf = (stage: CheckedStage, { RedrivePolicy }: Json): Json =>
  stage
    .resources(queue)
    .find(({ id }) => RedrivePolicy && `${id}.Arn` === stage.text(RedrivePolicy.deadLetterTargetArn))?.properties;
const source = (properties: Json = {}) => ({
  Type: queue,
  Properties: { RedrivePolicy: { deadLetterTargetArn: 'dead.Arn', maxReceiveCount: 5 }, ...properties },
});
const made = (properties: Json) => ({ made: { Type: rule, Properties: properties } });

export const messagingChecks: readonly AwsCheck[] = [
  {
    law: 'Dead letters are kept longer than the messages of their queue, whose age they keep',
    source: `${sqs}/sqs-dead-letter-queues.html`,
    faults: every(queue, (properties, stage) => {
      const dead = deadLettersOf(stage, properties);
      const kept = ({ MessageRetentionPeriod: seconds = 345_600 }: Json) => seconds;
      return dead === undefined || kept(dead) > kept(properties);
    }),
    broken: { queue: source({ MessageRetentionPeriod: 1_209_600 }), dead: { Type: queue } },
  },
  {
    law: 'The dead-letter queue of a FIFO queue is one too, that of a standard queue is none',
    source: `${sqs}/sqs-dead-letter-queues.html`,
    faults: every(queue, (properties, stage) => {
      const dead = deadLettersOf(stage, properties);
      return dead === undefined || (dead.FifoQueue ?? false) === (properties.FifoQueue ?? false);
    }),
    broken: { queue: source(), dead: { Type: queue, Properties: { FifoQueue: true } } },
  },
  {
    law: 'A queue is encrypted by SQS or with a key of KMS, not both',
    source: `${sqs}/sqs-configure-sqs-sse-queue.html`,
    faults: every(
      queue,
      ({ SqsManagedSseEnabled, KmsMasterKeyId }) => !(SqsManagedSseEnabled === true && KmsMasterKeyId !== undefined),
    ),
    broken: { queue: { Type: queue, Properties: { SqsManagedSseEnabled: true, KmsMasterKeyId: 'alias/aws/sqs' } } },
  },
  {
    law: 'A rule has a pattern or a schedule, and a schedule is on the default bus',
    source: `${events}/eb-create-rule-schedule.html`,
    faults: every(rule, ({ EventPattern, ScheduleExpression, EventBusName }) =>
      EventPattern === undefined
        ? ScheduleExpression !== undefined && EventBusName === undefined
        : ScheduleExpression === undefined,
    ),
    broken: made({ ScheduleExpression: 'rate(1 day)', EventBusName: { Ref: 'bus' } }),
  },
  {
    law: 'A rule has at most five targets, each with an id of its own',
    source: quotas,
    faults: every(
      rule,
      ({ Targets = [] }) => Targets.length <= 5 && new Set(Targets.map(({ Id }: Json) => Id)).size === Targets.length,
    ),
    broken: made({ Targets: [{ Id: 'Target0' }, { Id: 'Target0' }] }),
  },
  {
    law: 'A pattern has at most 2,048 characters',
    source: quotas,
    faults: every(rule, ({ EventPattern = {} }) => JSON.stringify(EventPattern).length <= 2048),
    broken: made({ EventPattern: { source: Array.from({ length: 200 }, (_, index) => `source-${index}`) } }),
  },
  {
    law: 'A target is tried for 60 to 86,400 seconds, up to 185 times',
    source: `${events}/eb-rule-retry-policy.html`,
    faults: every(rule, ({ Targets = [] }) =>
      Targets.every(
        ({
          RetryPolicy: { MaximumEventAgeInSeconds: age = 86_400, MaximumRetryAttempts: tries = 185 } = {} as Json,
        }: Json) => age >= 60 && age <= 86_400 && tries >= 0 && tries <= 185,
      ),
    ),
    broken: made({ Targets: [{ Id: 'a', RetryPolicy: { MaximumEventAgeInSeconds: 172_800 } }] }),
  },
  {
    law: 'A target’s dead-letter queue is a standard queue',
    source: `${events}/eb-rule-dlq.html`,
    faults: every(rule, ({ Targets = [] }, stage) =>
      Targets.every(({ DeadLetterConfig }: Json) => {
        const arn = DeadLetterConfig && stage.text(DeadLetterConfig.Arn);
        return stage
          .resources(queue)
          .every(({ id, properties }) => `${id}.Arn` !== arn || properties.FifoQueue !== true);
      }),
    ),
    broken: {
      ...made({ Targets: [{ Id: 'a', DeadLetterConfig: { Arn: 'dead.Arn' } }] }),
      dead: { Type: queue, Properties: { FifoQueue: true } },
    },
  },
  {
    law: 'A bus has at most 100 rules, the least of any region',
    source: quotas,
    faults: (stage) =>
      [...Map.groupBy(stage.resources(rule), ({ properties }) => stage.text(properties.EventBusName ?? 'default'))]
        .filter(([, rules]) => rules.length > 100)
        .map(([bus]) => bus),
    broken: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`rule${index}`, { Type: rule }])),
  },
];
