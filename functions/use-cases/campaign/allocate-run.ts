import { type CampaignOption, channelLimit } from '#domain/campaign/appraisal.ts';
import type { CampaignRun } from '#domain/campaign/campaign-run.ts';
import type { Allocate } from '#ports/allocation.ts';
import type { CampaignDeps } from './campaign-deps.ts';
import { overChunks } from './over-chunks.ts';
import { changeRun, runOf } from './run-of.ts';

/**
 * Spends what is scarce on a run's customers where it earns most: its budgets as they stand, and what it may take of them and of its
 * channels. What chunks have been given before is kept and counts; chunks that were not appraised get nothing.
 */
export function allocateRun(deps: CampaignDeps & { readonly allocate: Allocate }) {
  return async ({ runId }: { readonly runId: string }): Promise<void> => {
    const { files, runs, allocate } = deps;
    const run = await runOf(runs, runId);
    const looked = await overChunks(run.chunks, (chunk) => look(deps, runId, chunk));
    const open = looked.filter(({ isOpen }) => isOpen).map(({ chunk }) => chunk);
    if (open.length === 0) return;
    const used = addedUp(looked.map(({ uses }) => uses));
    const limits = await limitsOf(deps, run, new Set(looked.flatMap(({ names }) => names)), used);
    const { prices } = await allocate({
      limits,
      chunks: open,
      customersOf: async (chunk) =>
        ((await files.appraisals(runId, chunk)) ?? [])
          .filter(({ options }) => options.length > 0)
          .map(({ customer, options }) => ({ customer, options: options.map((each) => limited(each, limits)) })),
      assign: (chunk, assignments) => files.putAssignments(runId, chunk, assignments),
    });
    await changeRun(runs, runId, (now) => ({ ...now, prices }));
  };
}

/** What a chunk could take, and what it was given. */
async function look({ files }: CampaignDeps, runId: string, chunk: number) {
  const appraisals = (await files.appraisals(runId, chunk)) ?? [];
  const assignments = appraisals.length === 0 ? undefined : await files.assignments(runId, chunk);
  const optionOf = new Map(
    appraisals.flatMap(({ customer, options }) =>
      options.map((option) => [`${customer} ${option.id}`, option] as const),
    ),
  );
  const names = new Set([...optionOf.values()].flatMap(({ uses }) => Object.keys(uses)));
  const uses = addedUp(
    (assignments ?? []).map(({ customer, option }) => optionOf.get(`${customer} ${option}`)?.uses ?? {}),
  );
  return { chunk, names: [...names], uses, isOpen: appraisals.length > 0 && assignments === undefined };
}

/** How much there is of all that options use, of what is limited at all. */
async function limitsOf(
  { plan, budgets, now }: CampaignDeps,
  { campaign }: CampaignRun,
  names: ReadonlySet<string>,
  used: Readonly<Record<string, number>>,
): Promise<Record<string, number>> {
  const { catalogue } = await plan();
  const known = [...names].flatMap((name) => catalogue.budgets.get(name) ?? []);
  const views = known.length === 0 ? new Map() : await budgets.view(known, now());
  const limits: Record<string, number> = {};
  const limit = (name: string, amount: number) => {
    limits[name] = Math.max(0, Math.min(limits[name] ?? Number.POSITIVE_INFINITY, amount));
  };
  for (const { budgetId } of known) limit(budgetId, views.get(budgetId)?.left ?? 0);
  // What earlier chunks were given of these is theirs; what is left of a budget knows it already, once they are contacted.
  for (const { budgetId, most } of campaign.budgets)
    if (names.has(budgetId)) limit(budgetId, most - (used[budgetId] ?? 0));
  for (const { channel, most } of campaign.capacity) {
    const name = channelLimit(channel);
    if (names.has(name)) limit(name, most - (used[name] ?? 0));
  }
  return limits;
}

/** An option with what it takes of limits only. */
function limited({ id, value, uses }: CampaignOption, limits: Readonly<Record<string, number>>) {
  return { id, value, uses: Object.fromEntries(Object.entries(uses).filter(([name]) => limits[name] !== undefined)) };
}

function addedUp(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const uses of all) for (const [name, amount] of Object.entries(uses)) sums[name] = (sums[name] ?? 0) + amount;
  return sums;
}
