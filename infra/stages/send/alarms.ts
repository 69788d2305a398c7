import { messagesIn, oldestMessageSeconds } from '#infra/constructs/loop-metrics.ts';
import type { Alarms } from '#infra/stages/stage.ts';
import type { SendStage } from './send-stage.ts';

/** What rings when the stage is hurt. CloudWatch bills each metric of an alarm, about 0.10 USD a month. */
export const sendAlarms = ({ queues }: Pick<SendStage, 'queues'>): Alarms => ({
  'mail-events-dead-letters': {
    metric: messagesIn(queues.mailEvents.deadLetters),
    threshold: 0,
    impact: 'Addresses that bounced or complained are written to again, and what readers did counts for nothing.',
    runbook: 'mail-events',
  },
  'mail-events-queue-age': {
    metric: oldestMessageSeconds(queues.mailEvents.queue),
    threshold: 900,
    impact: 'Bounces and complaints are obeyed a quarter of an hour late or more.',
    runbook: 'mail-events',
  },
});
