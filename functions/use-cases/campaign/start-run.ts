import type { Campaign } from '#domain/campaign/campaign.ts';
import type { CampaignRun } from '#domain/campaign/campaign-run.ts';
import { executionName } from '#domain/campaign/run-name.ts';
import type { CampaignRuns } from '#ports/campaign-runs.ts';
import type { RunWorkflow } from '#ports/run-workflow.ts';
import { CampaignContendedError } from '#runtime/errors.ts';
import { fullJitter, untilSettled } from '#runtime/retry.ts';

export interface StartRunDeps {
  readonly runs: CampaignRuns;
  readonly workflow: RunWorkflow;
  readonly now: () => number;
}

/** A run to begin. */
export interface WantedRun {
  readonly campaign: Campaign;
  /** The catalogue's revision that the campaign is of. */
  readonly revision: number;
  readonly dryRun: boolean;
  readonly startedBy: string;
  readonly sendsAt?: string;
  readonly customers?: readonly string[];
  /** Its name, when it is the ordinal's: who makes the same one again finds it. */
  readonly nameOf: (ordinal: number) => string;
}

const attempts = 6;

/** Begins a run of a campaign, or finds the one of its name; its workflow is started once, whoever asks how often. */
export function startRun({ runs, workflow, now }: StartRunDeps) {
  return async (wanted: WantedRun): Promise<CampaignRun> => {
    const { campaign, nameOf, customers, ...rest } = wanted;
    const { campaignId } = campaign;
    const begun = await untilSettled(attempts, fullJitter(20, 300), async () => {
      const ordinal = await runs.nextOrdinal(campaignId);
      const runId = nameOf(ordinal);
      const known = await runs.find(runId);
      if (known !== undefined) return known;
      const run: CampaignRun = {
        ...rest,
        runId,
        campaignId,
        ordinal,
        campaign,
        state: 'choosing',
        startedAtMs: now(),
        budgetPrices: {},
        prices: {},
        redrives: 0,
        version: 1,
        ...(customers === undefined ? {} : { customers: [...customers] }),
      };
      return (await runs.create(run)) === 'created' ? run : 'conflict';
    });
    if (begun === 'conflict') throw new CampaignContendedError(`Runs of ${campaignId} are begun too fast`);
    await workflow.start(executionName(begun), begun.runId);
    return begun;
  };
}
