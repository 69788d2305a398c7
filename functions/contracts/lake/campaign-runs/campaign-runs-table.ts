import * as z from 'zod';
import type { BusDetail } from '#contracts/bus/bus-event.ts';
import { flag, instant, instantOrNull, integer, integerOrNull, text } from '#contracts/lake/column.ts';
import { lands } from '#contracts/lake/landed-event.ts';
import type { LakeTableDefinition } from '#contracts/lake/table.ts';

/** A row of the lake's `campaign_runs`: a run, each time that it changes. */
const CampaignRunRow = z.object({
  run_id: text('Run'),
  version: integer('Of several rows of a run the greatest is the latest'),
  campaign_id: text('Campaign'),
  ordinal: integer('How many runs the campaign has had with this one'),
  is_dry_run: flag('Whether nothing was to be sent'),
  state: text('choosing, sending, paused, cancelled, finished or finishedWithFailures'),
  revision: integer('State of the catalogue that it was frozen to'),
  started_at: instant('When it began, UTC'),
  chosen_at: instantOrNull('When it had chosen, UTC'),
  finished_at: instantOrNull('When it was over, UTC'),
  audience: integerOrNull('Customers of its audience; null until they are counted'),
  contacted: integerOrNull('Messages that left; this and the next: null until it is over'),
  held_out: integerOrNull('Customers left alone by lot'),
  excluded: integerOrNull('Customers not contacted, for reasons'),
  failed: integerOrNull('Customers lost to faults'),
  expired: integerOrNull('Customers whose message became too old'),
  pending: integerOrNull('Customers not decided for or not sent to yet'),
});
type CampaignRunRow = z.infer<typeof CampaignRunRow>;

/** Table `campaign_runs`: repeats share run and version. */
export const campaignRunsTable: LakeTableDefinition = {
  name: 'campaign_runs',
  description: 'Runs of campaigns, by arrival date (dt). Analysts read v_campaign_runs.',
  columns: CampaignRunRow,
  kept: 'as interactions',
  events: [lands('CampaignRunChanged', ({ detail }) => [runToRow(detail.run)])],
};

function runToRow(run: BusDetail<'CampaignRunChanged'>['run']): CampaignRunRow {
  const { accounts } = run;
  return {
    run_id: run.runId,
    version: run.version,
    campaign_id: run.campaignId,
    ordinal: run.ordinal,
    is_dry_run: run.dryRun,
    state: run.state,
    revision: run.revision,
    started_at: new Date(run.startedAtMs).toISOString(),
    chosen_at: instantOf(run.chosenAtMs),
    finished_at: instantOf(run.finishedAtMs),
    audience: run.audience ?? null,
    contacted: accounts?.contacted ?? null,
    held_out: accounts?.heldOut ?? null,
    excluded: accounts?.excluded ?? null,
    failed: accounts?.failed ?? null,
    expired: accounts?.expired ?? null,
    pending: accounts?.pending ?? null,
  };
}

const instantOf = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());
