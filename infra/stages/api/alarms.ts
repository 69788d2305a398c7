import { apiMetric } from '#infra/constructs/loop-metrics.ts';
import type { Alarms } from '#infra/stages/stage.ts';
import type { ApiStage } from './api-stage.ts';

/** What rings when the stage is hurt. CloudWatch bills each metric of an alarm, about 0.10 USD a month. */
export const apiAlarms = ({ api }: Pick<ApiStage, 'api'>): Alarms => ({
  'api-server-errors': {
    metric: apiMetric(api.apiId, '5xx'),
    threshold: 0,
    periods: { bad: 2, of: 3 },
    impact: 'Touchpoints get server errors: SDKs try again for a while, then their interactions are lost.',
    runbook: 'api-server-errors',
  },
});
