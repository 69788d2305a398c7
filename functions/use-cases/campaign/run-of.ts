import type { CampaignRun } from '#domain/campaign/campaign-run.ts';
import type { CampaignRuns } from '#ports/campaign-runs.ts';
import { CampaignContendedError, UnexpectedShapeError } from '#runtime/errors.ts';
import { fullJitter, untilSettled } from '#runtime/retry.ts';

const attempts = 8;

/** The run of a name. Throws {@link UnexpectedShapeError}: who asks was told the name. */
export async function runOf(runs: Pick<CampaignRuns, 'find'>, runId: string): Promise<CampaignRun> {
  const run = await runs.find(runId);
  if (run === undefined) throw new UnexpectedShapeError(`There is no run ${runId}`);
  return run;
}

/** Changes a run until nobody else was faster; `change` gives undefined to leave it as it is. */
export async function changeRun(
  runs: Pick<CampaignRuns, 'find' | 'save'>,
  runId: string,
  change: (run: CampaignRun) => CampaignRun | undefined,
): Promise<CampaignRun> {
  const changed = await untilSettled(attempts, fullJitter(20, 300), async () => {
    const run = await runOf(runs, runId);
    const wanted = change(run);
    if (wanted === undefined) return run;
    return (await runs.save(wanted)) === 'saved' ? { ...wanted, version: wanted.version + 1 } : 'conflict';
  });
  if (changed === 'conflict') throw new CampaignContendedError(`Run ${runId} changed under ${attempts} writers`);
  return changed;
}
