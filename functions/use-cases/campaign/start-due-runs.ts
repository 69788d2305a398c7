import { dayMs } from '#domain/calendar/days.ts';
import { wallTime } from '#domain/calendar/zoned-time.ts';
import type { Campaign } from '#domain/campaign/campaign.ts';
import { firstInstantOf, occurrences } from '#domain/campaign/occurrences.ts';
import { scheduledRunName } from '#domain/campaign/run-name.ts';
import type { Catalogue } from '#domain/catalogue/catalogue.ts';
import { type StartRunDeps, startRun } from './start-run.ts';

/** A run chooses before its first customer is due, so that all of them are sent to in time. */
const leadMs = 15 * 60_000;
/** What was missed for so long is missed: the next time comes. */
const graceMs = 6 * 3_600_000;
/** After that long a run's execution was surely started. */
const settledMs = 10 * 60_000;

export interface StartDueRunsDeps extends StartRunDeps {
  readonly catalogue: () => Promise<Pick<Catalogue, 'campaigns' | 'revision'>>;
  /** IANA time zone of the firm's clock. */
  readonly firmZone: string;
}

/** Begins the runs of schedules whose time has come: each once, however often it is asked. */
export function startDueRuns(deps: StartDueRunsDeps) {
  const start = startRun(deps);
  return async (): Promise<void> => {
    const { campaigns, revision } = await deps.catalogue();
    const nowMs = deps.now();
    for (const campaign of campaigns.values()) {
      if (campaign.state !== 'live') continue;
      for (const sendsAt of dueTimes(campaign, deps.firmZone, nowMs)) {
        const runId = scheduledRunName(campaign.campaignId, sendsAt);
        const known = await deps.runs.find(runId);
        if (known !== undefined && nowMs - known.startedAtMs > settledMs) continue;
        await start({ campaign, revision, dryRun: false, startedBy: 'schedule', sendsAt, nameOf: () => runId });
      }
    }
  };
}

/** The times of a campaign's schedule at which a run is to begin now, or was a little while ago. */
export function dueTimes({ schedule }: Campaign, firmZone: string, nowMs: number): string[] {
  if (schedule === undefined) return [];
  // Any clock that shows the time within a day of now is looked at.
  const wallMs = wallTime(firmZone, nowMs);
  return occurrences(schedule, wallMs - 2 * dayMs, wallMs + 2 * dayMs).filter((wall) => {
    const beginsMs = firstInstantOf(wall, schedule.clock, firmZone) - leadMs;
    return beginsMs <= nowMs && beginsMs > nowMs - graceMs;
  });
}
