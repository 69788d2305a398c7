import { messagesIn, oldestMessageSeconds } from '#infra/constructs/loop-metrics.ts';
import type { Alarms } from '#infra/stages/stage.ts';
import type { RespondStage } from './respond-stage.ts';

/** What rings when the stage is hurt. CloudWatch bills each metric of an alarm, about 0.10 USD a month. */
export const respondAlarms = ({ queues }: Pick<RespondStage, 'queues'>): Alarms => ({
  'derived-dispositions-dead-letters': {
    metric: messagesIn(queues.derivedDispositions.deadLetters),
    threshold: 0,
    impact: 'Events that say what customers did with treatments are in the lake but count for no treatment.',
    runbook: 'derived-dispositions',
  },
  'derived-dispositions-queue-age': {
    metric: oldestMessageSeconds(queues.derivedDispositions.queue),
    threshold: 900,
    impact: 'What events say about treatments counts a quarter of an hour late or more.',
    runbook: 'derived-dispositions',
  },
});
