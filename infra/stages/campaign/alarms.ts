import { failedExecutions } from '#infra/constructs/loop-metrics.ts';
import type { Alarms } from '#infra/stages/stage.ts';
import type { CampaignStage } from './campaign-stage.ts';

/** What rings when the stage is hurt. CloudWatch bills each metric of an alarm, about 0.10 USD a month. */
export const campaignAlarms = ({ workflow }: Pick<CampaignStage, 'workflow'>): Alarms => ({
  'failed-campaign-runs': {
    metric: failedExecutions(workflow),
    threshold: 0,
    impact: 'A campaign reaches a part of its customers, or none.',
    runbook: 'failed-campaign-runs',
  },
});
