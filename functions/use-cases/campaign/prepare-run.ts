import type { CampaignRun } from '#domain/campaign/campaign-run.ts';
import { mayUse } from '#domain/campaign/may-use.ts';
import { narrowedPlan } from '#domain/decision/narrowed-plan.ts';
import { compileRule } from '#domain/rule/rule.ts';
import { ruleToSql } from '#domain/rule/rule-to-sql.ts';
import { segmentRules } from '#domain/segment/compiled-segments.ts';
import { CampaignUnfitError } from '#runtime/errors.ts';
import type { CampaignDeps } from './campaign-deps.ts';
import { partOf } from './run-decider.ts';
import { changeRun, runOf } from './run-of.ts';

/** What a workflow is told of the run that it is about. */
export interface PreparedRun {
  readonly runId: string;
  readonly dryRun: boolean;
  /** Query whose rows are the audience; empty where a trigger has named it. */
  readonly query: string;
  /** Part of the batches that may fail, in percent. */
  readonly toleratedFailurePercent: number;
}

/** Prepares a run: its prices, and the query for its audience. From here on its reservations can be outbid. */
export function prepareRun(deps: CampaignDeps) {
  return async ({ runId }: { readonly runId: string }): Promise<PreparedRun> => {
    const run = await runOf(deps.runs, runId);
    const { campaign, campaignId, customers, dryRun } = run;
    if (!dryRun && run.releasedAtMs === undefined) {
      const { hash } = await deps.identityKey();
      const part = partOf(hash, run);
      await deps.runs.enterChoice({
        runId,
        campaignId,
        part,
        chunks: run.chunks,
        sinceMs: run.startedAtMs,
        hasChosen: run.chosenAtMs !== undefined,
      });
    }
    if (Object.keys(run.budgetPrices).length === 0) await priceBudgets(deps, run);
    return {
      runId,
      dryRun,
      query: customers === undefined ? await audienceQuery(deps, run) : '',
      toleratedFailurePercent: campaign.toleratedFailures * 100,
    };
  };
}

/** All customers are weighed at the prices of now: what a run spends itself makes nothing dearer for the next one. */
async function priceBudgets(deps: CampaignDeps, { runId, campaign }: CampaignRun): Promise<void> {
  const plan = narrowedPlan(await deps.plan(), campaign.placements, (treatment) => mayUse(campaign, treatment));
  const ids = new Set([...plan.placements.values()].flatMap(({ budgetIds }) => budgetIds));
  const budgets = [...ids].flatMap((id) => plan.catalogue.budgets.get(id) ?? []);
  if (budgets.length === 0) return;
  const views = await deps.budgets.view(budgets, deps.now());
  const budgetPrices = Object.fromEntries([...views].map(([id, { price }]) => [id, price]));
  await changeRun(deps.runs, runId, (run) => ({ ...run, budgetPrices }));
}

/** Throws {@link CampaignUnfitError} where the lake can't tell the audience any more. */
async function audienceQuery(deps: CampaignDeps, { campaign, campaignId }: CampaignRun): Promise<string> {
  const { segments } = await deps.plan();
  const compiled = compileRule(campaign.audience);
  const made =
    compiled.kind === 'rule'
      ? ruleToSql(compiled.rule.expression, { nowMs: deps.now(), segments: segmentRules(segments) })
      : undefined;
  if (made?.kind !== 'sql')
    throw new CampaignUnfitError(
      `The audience of ${campaignId} can’t be found in the lake: ${made?.reason ?? 'no rule'}`,
    );
  return `SELECT customer_id FROM v_customers WHERE ${made.condition}`;
}
