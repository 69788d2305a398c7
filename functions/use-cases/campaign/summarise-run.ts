import type { CampaignRun } from '#domain/campaign/campaign-run.ts';
import { type RunAccounts, runAccounts } from '#domain/campaign/run-accounts.ts';
import { type Tally, tallyName } from '#domain/campaign/tally.ts';
import type { SendingRuns } from '#ports/sending-runs.ts';
import type { CampaignDeps } from './campaign-deps.ts';
import { overChunks } from './over-chunks.ts';
import { changeRun, runOf } from './run-of.ts';

export interface SummariseRunDeps extends Pick<CampaignDeps, 'runs' | 'contacts' | 'files' | 'now'> {
  readonly sendingRuns: SendingRuns;
}

/** Closes a run with its accounts; of a dry run, with what they would be. */
export function summariseRun(deps: SummariseRunDeps) {
  return async ({ runId }: { readonly runId: string }): Promise<void> => {
    const run = await runOf(deps.runs, runId);
    if (run.state === 'cancelled') await dropWaiting(deps, run);
    const accounts = run.dryRun ? await expectedAccounts(deps, run) : await accountsNow(deps, run);
    await deps.sendingRuns.hold(runId);
    const isWhole = accounts.pending === 0 && accounts.failed === 0;
    await changeRun(deps.runs, runId, (now) => ({
      ...now,
      state: now.state === 'cancelled' ? 'cancelled' : isWhole ? 'finished' : 'finishedWithFailures',
      accounts,
      finishedAtMs: deps.now(),
    }));
  };
}

/** The accounts of a run as it stands. */
export async function accountsNow(
  { contacts }: Pick<CampaignDeps, 'contacts'>,
  run: CampaignRun,
): Promise<RunAccounts> {
  const tallies = await contacts.tallies(run.runId);
  return runAccounts(run.audience ?? 0, tallies.values(), run.chosenAtMs !== undefined);
}

/** What the accounts of a run would be that contacted whom a dry run has chosen. */
async function expectedAccounts({ files }: Pick<CampaignDeps, 'files'>, run: CampaignRun): Promise<RunAccounts> {
  const tallies = await overChunks(run.chunks, (chunk) => expectedTally(files, run.runId, chunk));
  return runAccounts(run.audience ?? 0, tallies, true);
}

async function expectedTally(files: CampaignDeps['files'], runId: string, chunk: number): Promise<Tally> {
  const [appraisals = [], assignments = []] = await Promise.all([
    files.appraisals(runId, chunk),
    files.assignments(runId, chunk),
  ]);
  const chosen = new Set(assignments.map(({ customer }) => customer));
  const names = appraisals.map(({ customer, excluded, heldOut }) => {
    if (heldOut) return tallyName({ state: 'heldOut' });
    if (excluded !== undefined) return tallyName({ state: 'excluded', reason: excluded });
    if (chosen.has(customer)) return tallyName({ state: 'contacted' });
    return tallyName({ state: 'excluded', reason: 'not_allocated' });
  });
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, { length }]) => [name, length]));
}

/** What waits of a cancelled run waits for nothing. Whom somebody is writing to just now hears what came of it from there. */
async function dropWaiting({ contacts, now }: SummariseRunDeps, { runId, chunks }: CampaignRun): Promise<void> {
  await overChunks(chunks, async (chunk) => {
    const waiting = (await contacts.ofChunk(runId, chunk)).filter(({ state }) => state === 'pending');
    const to = { state: 'excluded', reason: 'cancelled' } as const;
    await contacts.settle(
      waiting.map((contact) => ({ contact, to })),
      now(),
    );
  });
}
