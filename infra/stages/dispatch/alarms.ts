import { messagesIn, oldestMessageSeconds } from '#infra/constructs/loop-metrics.ts';
import type { Alarms } from '#infra/stages/stage.ts';
import type { DispatchStage } from './dispatch-stage.ts';

/** What rings when the stage is hurt. CloudWatch bills each metric of an alarm, about 0.10 USD a month. */
export const dispatchAlarms = ({ queues }: Pick<DispatchStage, 'queues'>): Alarms => ({
  'due-messages-dead-letters': {
    metric: messagesIn(queues.dueMessages.deadLetters),
    threshold: 0,
    impact: 'Messages of campaigns go out late, and expire if it lasts: senders fail again and again.',
    runbook: 'due-messages',
  },
  'due-messages-queue-age': {
    metric: oldestMessageSeconds(queues.dueMessages.queue),
    threshold: 900,
    impact: 'Messages of campaigns go out a quarter of an hour late or more.',
    runbook: 'due-messages',
  },
});
