import { messagesIn, oldestMessageSeconds } from '#infra/constructs/loop-metrics.ts';
import type { Alarms } from '#infra/stages/stage.ts';
import type { LearnStage } from './learn-stage.ts';

/** What rings when the stage is hurt. CloudWatch bills each metric of an alarm, about 0.10 USD a month. */
export const learnAlarms = ({ queues }: Pick<LearnStage, 'queues'>): Alarms => ({
  'learning-dead-letters': {
    metric: messagesIn(queues.learning.deadLetters),
    threshold: 0,
    impact: 'Propensities do not know of some responses: what is proposed follows customers less well.',
    runbook: 'learning-dead-letters',
  },
  'learning-queue-age': {
    metric: oldestMessageSeconds(queues.learning.queue),
    threshold: 900,
    impact: 'Propensities lag a quarter of an hour or more behind what customers respond.',
    runbook: 'learning-queue-age',
  },
});
