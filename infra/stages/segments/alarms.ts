import { messagesIn, oldestMessageSeconds } from '#infra/constructs/loop-metrics.ts';
import type { Alarms } from '#infra/stages/stage.ts';
import type { SegmentsStage } from './segments-stage.ts';

/** What rings when the stage is hurt. CloudWatch bills each metric of an alarm, about 0.10 USD a month. */
export const segmentsAlarms = ({ queues }: Pick<SegmentsStage, 'queues'>): Alarms => ({
  'segments-dead-letters': {
    metric: messagesIn(queues.segments.deadLetters),
    threshold: 0,
    impact: 'Customers stay in segments that they left, or out of those that they entered, until they do something.',
    runbook: 'segments-dead-letters',
  },
  'due-segments-dead-letters': {
    metric: messagesIn(queues.dueSegments.deadLetters),
    threshold: 0,
    impact: 'Customers leave and enter segments by the passing of time a day late or more.',
    runbook: 'segments-dead-letters',
  },
  'segments-queue-age': {
    metric: oldestMessageSeconds(queues.segments.queue),
    threshold: 900,
    impact: 'Entries into segments and exits from them are told a quarter of an hour late or more.',
    runbook: 'segments-queue-age',
  },
  'due-segments-queue-age': {
    metric: oldestMessageSeconds(queues.dueSegments.queue),
    threshold: 900,
    impact: 'Customers whom time takes out of segments are told of a quarter of an hour late or more.',
    runbook: 'segments-queue-age',
  },
});
