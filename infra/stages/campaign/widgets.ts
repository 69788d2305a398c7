import type { DashboardRow } from '#infra/constructs/loop-dashboard.ts';

/** What is drawn of the stage: nothing, for a dashboard is free up to 50 metrics, and runs have a page of their own in the console. */
export const campaignWidgets: readonly DashboardRow[] = [];
