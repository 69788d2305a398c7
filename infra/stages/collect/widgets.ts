import type { DashboardRow } from '#infra/constructs/loop-dashboard.ts';
import { durationOf } from '#infra/constructs/loop-metrics.ts';
import type { CollectStage } from './collect-stage.ts';

/** What is drawn of the stage. */
export const collectWidgets = ({ functions }: Pick<CollectStage, 'functions'>): readonly DashboardRow[] => [
  { title: 'Collect', graphs: { 'Functions: p99, ms': [durationOf(functions.collectInteractions)] } },
];
