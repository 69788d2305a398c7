import type { DashboardRow } from '#infra/constructs/loop-dashboard.ts';
import { apiMetric, durationOf } from '#infra/constructs/loop-metrics.ts';
import type { ApiStage } from './api-stage.ts';

/** What is drawn of the stage. */
export const apiWidgets = ({ api, functions }: Pick<ApiStage, 'api' | 'functions'>): readonly DashboardRow[] => [
  {
    title: 'API',
    graphs: {
      Requests: ['Count', '4xx', '5xx'].map((name) => apiMetric(api.apiId, name)),
      'Latency, ms': [apiMetric(api.apiId, 'Latency', 'p99')],
      'Functions: p99, ms': [durationOf(functions.authorizeTouchpoint)],
    },
  },
];
