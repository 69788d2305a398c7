import type { CampaignRun } from './campaign-run.ts';

/** The name of a campaign's run by its number: also of its execution, which has 80 characters for it. */
export function runName(campaignId: string, ordinal: number): string {
  return `${campaignId}-${ordinal}`;
}

/** The name of a dry run: there may be any number of them before a run. */
export function dryRunName(campaignId: string, ordinal: number, unique: string): string {
  return `${campaignId}-${ordinal}-dry${unique}`;
}

/** The name of the run for a time of the schedule: whoever finds it due makes the same run. */
export function scheduledRunName(campaignId: string, wall: string): string {
  return `${campaignId}-at${wall.replace(/\D/g, '')}`;
}

/** The name of the run for whom a batch of events has brought. */
export function triggeredRunName(campaignId: string, batch: string): string {
  return `${campaignId}-on${batch}`;
}

/** The name of a run's latest execution. */
export function executionName({ runId, redrives }: Pick<CampaignRun, 'runId' | 'redrives'>): string {
  return redrives === 0 ? runId : `${runId}-r${redrives}`;
}
