import { messagesIn, oldestMessageSeconds } from '#infra/constructs/loop-metrics.ts';
import type { Alarms } from '#infra/stages/stage.ts';
import type { SegmentsStage } from './segments-stage.ts';

/** What rings when the stage is hurt. CloudWatch bills each metric of an alarm, about 0.10 USD a month. */
export const segmentsAlarms = ({ queues }: Pick<SegmentsStage, 'queues'>): Alarms => ({
  'segments-dead-letters': {
    metric: messagesIn(queues.segments.deadLetters),
    threshold: 0,
    impact:
      'Customers stay in segments that they left, or out of those that they entered, until they do something or a day ends.',
    runbook: 'segments-dead-letters',
  },
  'segments-queue-age': {
    metric: oldestMessageSeconds(queues.segments.queue),
    threshold: 900,
    impact:
      'Entries into segments and exits from them, by the passing of time too, are told a quarter of an hour late or more.',
    runbook: 'segments-queue-age',
  },
});
