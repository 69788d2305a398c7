import { failedExecutions, messagesIn, oldestMessageSeconds } from '#infra/constructs/loop-metrics.ts';
import type { Alarms } from '#infra/stages/stage.ts';
import type { CampaignStage } from './campaign-stage.ts';

type Watched = Pick<CampaignStage, 'workflow' | 'queues'>;

/** What rings when the stage is hurt. CloudWatch bills each metric of an alarm, about 0.10 USD a month. */
export const campaignAlarms = ({ workflow, queues }: Watched): Alarms => ({
  'failed-campaign-runs': {
    metric: failedExecutions(workflow),
    threshold: 0,
    impact: 'A campaign reaches a part of its customers, or none.',
    runbook: 'failed-campaign-runs',
  },
  'unpublished-contacts': {
    metric: messagesIn(queues.unpublishedContacts.deadLetters),
    threshold: 0,
    impact: 'The lake does not have what became of customers of campaigns.',
    runbook: 'unpublished-contacts',
  },
  'begun-runs-dead-letters': {
    metric: messagesIn(queues.begunRuns.deadLetters),
    threshold: 0,
    impact: 'Campaigns with a schedule or a trigger do not begin.',
    runbook: 'begun-runs',
  },
  'begun-runs-queue-age': {
    metric: oldestMessageSeconds(queues.begunRuns.queue),
    threshold: 900,
    impact: 'Campaigns with a schedule or a trigger begin a quarter of an hour late or more.',
    runbook: 'begun-runs',
  },
});
