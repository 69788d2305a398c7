import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { LakeDelivery } from '#infra/constructs/lake-delivery.ts';
import { cancelledQueries, deliveryMetric, failuresOf, messagesIn } from '#infra/constructs/loop-metrics.ts';
import type { Alarms, StageProps } from '#infra/stages/stage.ts';
import type { LandStage } from './land-stage.ts';

/** What rings when rows or queries of the lake are missing. CloudWatch bills each metric of an alarm, about 0.10 USD a month. */
export const landAlarms = (
  { functions, queues }: Pick<LandStage, 'functions' | 'queues'>,
  { config, data: { lake } }: StageProps,
): Alarms => ({
  // One for all streams, which share the function. Throttles are not counted: an account without concurrency has old queues and
  // a failing API too.
  'landing-transform': {
    metric: failuresOf(functions.landEvents),
    threshold: 0,
    impact:
      'Events do not become rows of the lake: after three more tries they wait under errors/, and Athena lacks them.',
    runbook: 'landing-transform',
  },
  'landing-dead-letters': {
    metric: messagesIn(queues.deadLetters),
    threshold: 0,
    impact: 'Events did not reach the delivery stream of their table and are missing from the lake.',
    runbook: 'landing-dead-letters',
  },
  ...Object.assign({}, ...queues.deliveries.map((delivery) => deliveryAlarms(delivery, config.delivery.bufferSeconds))),
  'athena-cut-off': {
    metric: cancelledQueries(lake.workgroupName),
    threshold: 0,
    impact: 'A query was cancelled, most likely because it would have scanned more than the stage allows.',
    runbook: 'athena-cut-off',
  },
});

const deliveryAlarms = ({ node, streamName, tableName }: LakeDelivery, bufferSeconds: number): Alarms => ({
  [`${node.id}-freshness`]: {
    metric: deliveryMetric(streamName, 'DeliveryToS3.DataFreshness', Stats.MAXIMUM),
    threshold: bufferSeconds + 900,
    impact: `Athena does not see the newest rows of ${tableName}.`,
    runbook: 'landing-freshness',
  },
  [`${node.id}-conversion`]: {
    metric: deliveryMetric(streamName, 'FailedConversion.Records'),
    threshold: 0,
    impact: `Rows that do not fit the table ${tableName} are missing from it; they wait under errors/${tableName}/.`,
    runbook: 'landing-conversion',
  },
});
