import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { StageConfig } from '#infra/config.ts';
import { WatchedAlarm, type WatchedAlarmProps } from '#infra/constructs/watched-alarm.ts';
import {
  apiMetric,
  cancelledQueries,
  deliveryMetric,
  failuresOf,
  messagesIn,
  oldestMessageSeconds,
  streamAgeMs,
} from './loop-metrics.ts';
import type { LoopStack } from './loop-stack.ts';

export interface LoopAlarmsProps {
  readonly config: StageConfig;
  readonly loop: LoopStack;
  readonly athenaWorkgroup: string;
  readonly topic: ITopic;
}

/** What rings when the loop is hurt. CloudWatch bills each metric of an alarm, about 0.10 USD a month. */
export class LoopAlarms extends Construct {
  constructor(scope: Construct, id: string, { config, loop, athenaWorkgroup, topic }: LoopAlarmsProps) {
    super(scope, id);
    const alarm = (name: string, props: Omit<WatchedAlarmProps, 'topic'>) =>
      new WatchedAlarm(this, name, { ...props, topic });
    const lasting = { bad: 2, of: 3 };

    alarm('api-server-errors', {
      metric: apiMetric(loop.api.apiId, '5xx'),
      threshold: 0,
      periods: lasting,
      impact: 'Touchpoints get server errors: SDKs try again for a while, then their interactions are lost.',
      runbook: 'api-server-errors',
    });

    alarm('profile-dead-letters', {
      metric: messagesIn(loop.profile.deadLetters),
      threshold: 0,
      impact: 'Interactions are in the lake but not in the live profiles.',
      runbook: 'profile-dead-letters',
    });
    alarm('profile-queue-age', {
      metric: oldestMessageSeconds(loop.profile.queue),
      threshold: 900,
      impact: 'Live profiles lag a quarter of an hour or more behind what customers do.',
      runbook: 'profile-queue-age',
    });
    alarm('unpublished-changes', {
      metric: messagesIn(loop.unpublishedChanges.deadLetters),
      threshold: 0,
      impact: 'Profiles changed and nobody was told: segment entries and merges are missed downstream.',
      runbook: 'unpublished-changes',
    });
    alarm('stream-age', {
      metric: streamAgeMs(loop.functions.publishCustomerChanges),
      threshold: 900_000,
      impact: 'Changes of profiles are published late; after 24 hours the stream forgets them.',
      runbook: 'stream-age',
    });

    alarm('segments-dead-letters', {
      metric: messagesIn(loop.segments.deadLetters),
      threshold: 0,
      impact: 'Customers stay in segments that they left, or out of those that they entered, until they do something.',
      runbook: 'segments-dead-letters',
    });
    alarm('due-segments-dead-letters', {
      metric: messagesIn(loop.dueSegments.deadLetters),
      threshold: 0,
      impact: 'Customers leave and enter segments by the passing of time a day late or more.',
      runbook: 'segments-dead-letters',
    });
    alarm('segments-queue-age', {
      metric: oldestMessageSeconds(loop.segments.queue),
      threshold: 900,
      impact: 'Entries into segments and exits from them are told a quarter of an hour late or more.',
      runbook: 'segments-queue-age',
    });

    alarm('due-segments-queue-age', {
      metric: oldestMessageSeconds(loop.dueSegments.queue),
      threshold: 900,
      impact: 'Customers whom time takes out of segments are told of a quarter of an hour late or more.',
      runbook: 'segments-queue-age',
    });

    alarm('unpublished-decisions', {
      metric: messagesIn(loop.unpublishedDecisions.deadLetters),
      threshold: 0,
      impact: 'Decisions were made and answered that the lake does not have.',
      runbook: 'unpublished-decisions',
    });
    alarm('decision-stream-age', {
      metric: streamAgeMs(loop.functions.publishDecisions),
      threshold: 900_000,
      impact: 'Decisions reach the lake late; after 24 hours the stream forgets them.',
      runbook: 'unpublished-decisions',
    });
    alarm('derived-dispositions-dead-letters', {
      metric: messagesIn(loop.derivedDispositions.deadLetters),
      threshold: 0,
      impact: 'Events that say what customers did with treatments are in the lake but count for no treatment.',
      runbook: 'derived-dispositions',
    });
    alarm('derived-dispositions-queue-age', {
      metric: oldestMessageSeconds(loop.derivedDispositions.queue),
      threshold: 900,
      impact: 'What events say about treatments counts a quarter of an hour late or more.',
      runbook: 'derived-dispositions',
    });

    alarm('learning-dead-letters', {
      metric: messagesIn(loop.learning.deadLetters),
      threshold: 0,
      impact: 'Propensities do not know of some responses: what is proposed follows customers less well.',
      runbook: 'learning-dead-letters',
    });
    alarm('learning-queue-age', {
      metric: oldestMessageSeconds(loop.learning.queue),
      threshold: 900,
      impact: 'Propensities lag a quarter of an hour or more behind what customers respond.',
      runbook: 'learning-queue-age',
    });

    // One for all streams, which share the function. Throttles are not counted: an account without concurrency has old queues and
    // a failing API too.
    alarm('landing-transform', {
      metric: failuresOf(loop.functions.landEvents),
      threshold: 0,
      impact:
        'Events do not become rows of the lake: after three more tries they wait under errors/, and Athena lacks them.',
      runbook: 'landing-transform',
    });
    for (const { node, streamName, tableName, deadLetters } of loop.landed) {
      alarm(`${node.id}-dead-letters`, {
        metric: messagesIn(deadLetters),
        threshold: 0,
        impact: `Events did not reach the delivery stream and are missing from the lake’s table ${tableName}.`,
        runbook: 'landing-dead-letters',
      });
      alarm(`${node.id}-freshness`, {
        metric: deliveryMetric(streamName, 'DeliveryToS3.DataFreshness', Stats.MAXIMUM),
        threshold: config.delivery.bufferSeconds + 900,
        impact: `Athena does not see the newest rows of ${tableName}.`,
        runbook: 'landing-freshness',
      });
      alarm(`${node.id}-conversion`, {
        metric: deliveryMetric(streamName, 'FailedConversion.Records'),
        threshold: 0,
        impact: `Rows that do not fit the table ${tableName} are missing from it; they wait under errors/${tableName}/.`,
        runbook: 'landing-conversion',
      });
    }

    // The failing of other functions shows as errors of the API, as dead letters, or as age of a queue or a stream, and each metric
    // costs.
    alarm('decide-batch-failures', {
      metric: failuresOf(loop.functions.decideBatch),
      threshold: 0,
      periods: lasting,
      impact: 'Whoever asks for decisions in batches gets none.',
      runbook: 'function-failures',
    });

    alarm('athena-cut-off', {
      metric: cancelledQueries(athenaWorkgroup),
      threshold: 0,
      impact: 'A query was cancelled, most likely because it would have scanned more than the stage allows.',
      runbook: 'athena-cut-off',
    });
  }
}
