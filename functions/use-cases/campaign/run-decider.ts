import type { BudgetView } from '#domain/budget/budget-view.ts';
import type { CampaignRun } from '#domain/campaign/campaign-run.ts';
import { chunkOf } from '#domain/campaign/chunk-of.ts';
import { limitsEntries, mayEnter } from '#domain/campaign/may-enter.ts';
import { mayUse } from '#domain/campaign/may-use.ts';
import { type ContactLedger, withoutDecision } from '#domain/contact-policy/contact-ledger.ts';
import type { ContactPolicy } from '#domain/contact-policy/contact-policy.ts';
import { campaignDecisionId, isOfRun, runPart } from '#domain/decision/campaign-decision-id.ts';
import type { CampaignExclusion } from '#domain/decision/campaign-exclusion.ts';
import { decide } from '#domain/decision/decide.ts';
import type { Decision } from '#domain/decision/decision.ts';
import type { DecisionFacts } from '#domain/decision/decision-facts.ts';
import type { DecisionPlan } from '#domain/decision/decision-plan.ts';
import { DecisionRequest } from '#domain/decision/decision-request.ts';
import { factsOf } from '#domain/decision/facts-of.ts';
import { narrowedPlan } from '#domain/decision/narrowed-plan.ts';
import { compileRule } from '#domain/rule/rule.ts';
import type { CampaignEntry } from '#ports/campaign-entries.ts';
import type { ChoosingRun } from '#ports/campaign-runs.ts';
import type { DecidedCustomer } from '#ports/decision-reads.ts';
import type { CampaignDeps } from './campaign-deps.ts';

/**
 * Decides about customers of a run, with what is read once for many: the same engine and the same policies as for who comes by
 * themselves, but for quiet hours, which are asked when a message leaves.
 */
export async function runDecider(deps: CampaignDeps, run: CampaignRun, customerIds: readonly string[]) {
  const { campaign, campaignId } = run;
  const whole = awake(await deps.plan());
  const plan = narrowedPlan(whole, campaign.placements, (treatment) => mayUse(campaign, treatment));
  const planned = [...plan.placements.values()];
  const budgets = [...new Set(planned.flatMap(({ budgetIds }) => budgetIds))].flatMap(
    (id) => plan.catalogue.budgets.get(id) ?? [],
  );
  const [{ hash }, choosing, askModels, seen, entries] = await Promise.all([
    deps.identityKey(),
    deps.runs.choosing(),
    deps.models(planned.flatMap(({ modelKeys }) => modelKeys)),
    budgets.length === 0 ? [] : deps.budgets.view(budgets, deps.now()),
    limitsEntries(campaign) ? deps.entries.of(campaignId, customerIds) : new Map<string, CampaignEntry>(),
  ]);
  const views = new Map(seen);
  const audience = compileRule(campaign.audience);
  const part = partOf(hash, run);

  const decisionIdOf = (customerId: string) =>
    campaignDecisionId(
      part,
      chunkOf(customerId, Math.max(1, run.chunks ?? 1)),
      hash('campaign-decision', `${campaignId}:${run.ordinal}:${customerId}`),
    );

  /** Whether a run other than this one could still be outbid for a contact. */
  const isReserved = (decisionId: string, runs: readonly ChoosingRun[] = choosing) =>
    runs.find((other) => other.runId !== run.runId && isOfRun(decisionId, other.part));

  return {
    plan,
    views,
    part,
    decisionIdOf,
    isReserved,

    /** The ledger without what can still be outbid, and without an earlier attempt at the same decision. */
    firm(customerId: string, ledger: ContactLedger): ContactLedger {
      const own = withoutDecision(ledger, decisionIdOf(customerId));
      return { ...own, contacts: own.contacts.filter(({ decisionId }) => isReserved(decisionId) === undefined) };
    },

    facts(customerId: string, customer: DecidedCustomer, narrowed: DecisionPlan = plan): DecisionFacts {
      return factsOf({
        decisionId: decisionIdOf(customerId),
        personaId: customerId,
        asksPerson: true,
        plan: narrowed,
        customer,
        budgets: priced(views, run),
        askModels,
        hash: deps.hash,
        usualZone: deps.usualZone,
        nowMs: deps.now(),
      });
    },

    /** Why the campaign has nothing to say to the customer at all, whatever it could show. */
    standing(customerId: string, { profile, segments, nowMs, contacts }: DecisionFacts): CampaignExclusion | undefined {
      const fits = audience.kind === 'rule' && audience.rule.test({ profile, segments, nowMs, context: {} });
      if (!fits) return 'left_audience';
      const mine = decisionIdOf(customerId);
      const isTwin = contacts.ledger.contacts.some(
        ({ decisionId }) => decisionId !== mine && isOfRun(decisionId, part),
      );
      if (isTwin) return 'merged';
      const entry = entries.get(customerId);
      const isSame = entry?.runId === run.runId;
      return isSame || mayEnter(campaign.entry, entry, nowMs) ? undefined : 'entry_limit';
    },

    decide(facts: DecisionFacts, placementIds: readonly string[]): Decision {
      const touchpoint = plan.placements.get(placementIds[0] ?? '')?.placement.touchpoint ?? 'email';
      const request = DecisionRequest.parse({ customer: 'customer_id:campaign', placements: placementIds, limit: 1 });
      return { ...decide({ ...request, touchpoint }, facts), asked: { by: '', fingerprint: '' } };
    },
  };
}
export type RunDecider = Awaited<ReturnType<typeof runDecider>>;

/** What the ids of a run's decisions begin with: those of a dry run as those of the run after it. */
export function partOf(
  hash: (type: string, value: string) => string,
  { campaignId, ordinal }: Pick<CampaignRun, 'campaignId' | 'ordinal'>,
): string {
  return runPart(hash('campaign-run', `${campaignId}:${ordinal}`));
}

/** The plan with policies that know no quiet hours. */
function awake(plan: DecisionPlan): DecisionPlan {
  const policies = [...plan.catalogue.contactPolicies].map(([id, policy]): [string, ContactPolicy] => [
    id,
    { ...policy, quietHours: [] },
  ]);
  return { ...plan, catalogue: { ...plan.catalogue, contactPolicies: new Map(policies) } };
}

/** What is left of budgets now, at the prices that the run began with. */
function priced(
  views: ReadonlyMap<string, BudgetView>,
  { budgetPrices }: CampaignRun,
): ReadonlyMap<string, BudgetView> {
  return new Map([...views].map(([id, view]) => [id, { ...view, price: budgetPrices[id] ?? view.price }]));
}
