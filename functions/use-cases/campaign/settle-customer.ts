import type { Assignment } from '#domain/campaign/appraisal.ts';
import type { CampaignRun } from '#domain/campaign/campaign-run.ts';
import { boundedLedger } from '#domain/contact-policy/bounded-ledger.ts';
import {
  type Contact,
  type ContactLedger,
  withContacts,
  withoutDecision,
} from '#domain/contact-policy/contact-ledger.ts';
import { campaignExclusion } from '#domain/decision/campaign-exclusion.ts';
import type { Exclusion } from '#domain/decision/candidate.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { contactsOf, shownBy, usesOf, worthOf } from '#domain/decision/decision-effects.ts';
import { narrowedPlan } from '#domain/decision/narrowed-plan.ts';
import type { Spending } from '#ports/budgets.ts';
import { CustomerContendedError } from '#runtime/errors.ts';
import { untilSettled } from '#runtime/retry.ts';
import type { CampaignDeps } from './campaign-deps.ts';
import { outbidden } from './outbidden.ts';
import type { RunDecider } from './run-decider.ts';

/** A customer changes under a decision at most so often. */
const attempts = 12;

/** A decision that reserved what it shows, with whom it put out of their place. */
export interface SettledCustomer {
  readonly decision: Decision;
  readonly spending?: Spending;
  readonly outbid: readonly Contact[];
}

/**
 * Decides about a customer again, now that a treatment is meant for them, by what is true by now; takes budgets and reserves the contact.
 * What cannot be is a decision too, with its reason.
 */
export async function settleCustomer(
  deps: CampaignDeps,
  run: CampaignRun,
  decider: RunDecider,
  { customer: customerId, option }: Assignment,
  placementId: string,
): Promise<SettledCustomer> {
  const decisionId = decider.decisionIdOf(customerId);
  const plan = narrowedPlan(decider.plan, [placementId], ({ treatmentId }) => treatmentId === option);
  const settled = await untilSettled(attempts, deps.pause, async (attempt): Promise<SettledCustomer | 'conflict'> => {
    const { customer } = await deps.reads.load(customerId, attempt === 1 ? 'eventual' : 'latest');
    const decideBy = (ledger: ContactLedger) => {
      const facts = decider.facts(customerId, { ...customer, ledger }, plan);
      const standing = decider.standing(customerId, facts);
      const decision = decider.decide(facts, [placementId]);
      return standing === undefined ? decision : excludedFor(decision, campaignExclusion(standing));
    };
    const own = withoutDecision(customer.ledger, decisionId);
    const wanted = decideBy(decider.firm(customerId, own));
    if (shownBy(wanted).length === 0) return { decision: wanted, outbid: [] };

    const room = await outbidden(deps, run, decider, own, wanted, decideBy);
    if (room === undefined) return { decision: excludedFor(wanted, campaignExclusion('outbid')), outbid: [] };
    const { decision, ledger, outbid } = room;
    if (shownBy(decision).length === 0) return { decision, outbid: [] };
    const spending = await deps.budgets.take(usesOf(decision), worthOf(decision), decision.atMs);
    if (spending.kind === 'short')
      return {
        decision: excludedFor(decision, { reason: 'budget_exhausted', budgetId: spending.budgetId }),
        outbid: [],
      };
    const policies = [...plan.catalogue.contactPolicies.values()];
    const kept = boundedLedger(withContacts(ledger, bidsOf(decision)), policies, decision.atMs);
    if ((await deps.ledgers.reserve(customer.before, kept, decision.atMs)) === 'saved') {
      return { decision, spending, outbid };
    }
    deps.budgets.giveBack(spending);
    return 'conflict';
  });
  if (settled === 'conflict')
    throw new CustomerContendedError(`A customer changed under ${attempts} attempts to contact them`);
  return settled;
}

/** The decision with something against all that it would have shown. */
function excludedFor(decision: Decision, excluded: Exclusion): Decision {
  return {
    ...decision,
    placements: decision.placements.map((placement) => ({
      ...placement,
      candidates: placement.candidates.map(
        ({ weighing: _, outcome: __, withheld: ___, content: ____, ...candidate }) =>
          candidate.excluded === undefined ? { ...candidate, excluded } : candidate,
      ),
    })),
  };
}

function bidsOf(decision: Decision): Contact[] {
  const bid = shownBy(decision)[0]?.candidate.outcome?.score ?? 0;
  return contactsOf(decision).map((contact) => ({ ...contact, bid }));
}
