import { consentCheck } from '#domain/consent/consent-check.ts';
import { contactCheck } from '#domain/contact-policy/contact-check.ts';
import { withContacts } from '#domain/contact-policy/contact-ledger.ts';
import { unitOf } from '#domain/contact-policy/exposure.ts';
import type { Placement } from '#domain/placement/placement.ts';
import { arbitrate } from './arbitrate.ts';
import { assess } from './assess.ts';
import { type Assignment, assign, championOf, noStrategy } from './assignment.ts';
import { type Candidate, type Exclusion, isShown } from './candidate.ts';
import type { Decision, PlacementDecision } from './decision.ts';
import { contactOf } from './decision-effects.ts';
import type { DecisionFacts } from './decision-facts.ts';
import type { PlannedPlacement } from './decision-plan.ts';
import type { DecisionRequest } from './decision-request.ts';
import { engine } from './engine.ts';
import { withProbabilities } from './with-probabilities.ts';

/**
 * Decides what each placement shows this customer now: policies first, then `score = P · C · V · L − cost − Σ λ·a`. Placements
 * are filled in the request's order; those that the catalogue does not have are left out. Equal inputs give equal decisions.
 */
export function decide(request: DecisionRequest & { readonly touchpoint: string }, facts: DecisionFacts): Decision {
  const { plan, nowMs } = facts;
  const degraded = degradedBy(request, facts);
  const call = callSoFar(facts);
  const { profile, segments, consents } = facts;
  const ruleFacts = { profile, segments, nowMs, context: request.context };
  const isTrue = plan.conditions.asked(ruleFacts);
  const consentBlock = consentCheck(consents);
  const placements = [...new Set(request.placements)].flatMap((placementId): PlacementDecision[] => {
    const planned = plan.placements.get(placementId);
    if (planned === undefined) return [];
    const unitId = unitAt(planned, facts);
    const assignment = assignmentAt(planned, facts, unitId, degraded.length > 0);
    const propensities = facts.propensities(placementId, request.context);
    const input = { facts, assignment, ruleFacts, isTrue, propensities, consentBlock, contactBlock: call.contactBlock };
    const candidates = planned.treatments.map((treatment) => assess(treatment, input));
    const open = openPlacement(planned.placement, assignment, request, propensities.features, candidates);
    const decided = arbitrate(open, {
      decisionId: facts.decisionId,
      shown: new Set(call.shown),
      show: (candidate) => call.show(candidate, planned.placement),
    });
    const withContent = decided.map((candidate) => (isShown(candidate) ? presentable(candidate, planned) : candidate));
    return [{ ...open, ...(unitId === facts.customerId ? {} : { unitId }), candidates: withContent }];
  });
  const decision: Decision = {
    schema: 1,
    engine,
    decisionId: facts.decisionId,
    atMs: nowMs,
    customerId: facts.customerId,
    personaId: facts.personaId,
    isKnown: facts.isKnown,
    touchpoint: request.touchpoint,
    catalogue: { revision: plan.catalogue.revision, version: plan.catalogue.version },
    explain: request.explain,
    preview: request.preview,
    degraded,
    placements,
  };
  return decision.explain ? withProbabilities(decision) : decision;
}

/** What could not be read in time of all that the request's placements can need. */
function degradedBy(
  { placements }: DecisionRequest,
  { plan, modelsRead, budgets }: DecisionFacts,
): Decision['degraded'] {
  const lacksBudgets = placements.some((id) => plan.placements.get(id)?.budgetIds.some((each) => !budgets.has(each)));
  return [...(modelsRead ? [] : (['models'] as const)), ...(lacksBudgets ? (['budgets'] as const) : [])];
}

/** Whose hash deals the customer to an arm: what is on record since the first exposure, if there was one. */
function unitAt({ strategy }: PlannedPlacement, { contacts, customerId, newUnitId }: DecisionFacts): string {
  return strategy === undefined ? customerId : (unitOf(contacts.ledger, strategy.strategyId) ?? newUnitId);
}

/** The customer's arm; a call that could not read all it needs answers as the champion, but holds out whom it must. */
function assignmentAt(
  { strategy, places }: PlannedPlacement,
  { fractionOf }: DecisionFacts,
  unitId: string,
  isDegraded: boolean,
): Assignment {
  if (strategy === undefined) return noStrategy;
  const assigned = assign(strategy, places, fractionOf(strategy.salt, unitId));
  if (!isDegraded || assigned.heldOut) return assigned;
  const champion = championOf(strategy);
  return { ...champion, arbitration: { ...champion.arbitration, exploration: 'mean' } };
}

function openPlacement(
  { placementId, channel, direction, limit }: Placement,
  { strategyId, arm, variant, arbitration, order, heldOut }: Assignment,
  request: DecisionRequest,
  features: string,
  candidates: Candidate[],
): PlacementDecision {
  return {
    placementId,
    channel,
    direction,
    strategyId,
    arm,
    variant: variant.name,
    arbitration,
    order,
    heldOut,
    limit: Math.min(limit, request.limit ?? limit),
    features,
    candidates,
  };
}

function presentable(candidate: Candidate, { treatments }: PlannedPlacement): Candidate {
  const planned = treatments.find(({ treatment }) => treatment.treatmentId === candidate.treatmentId);
  return planned === undefined ? candidate : { ...candidate, content: planned.treatment.content };
}

/** What a call has shown, counted and spent so far, and what follows from it for the rest of the call. */
function callSoFar(facts: DecisionFacts) {
  const { plan, nowMs, contacts, budgets } = facts;
  const policies = [...plan.catalogue.contactPolicies.values()];
  const shown = new Set<string>();
  const spent = new Map<string, number>();
  let { ledger } = contacts;
  /** Contact policies with what the call has shown last; made when somebody asks. */
  let contactBlockNow: ReturnType<typeof contactCheck> | undefined;

  function block(candidate: Candidate, placement: Placement): Exclusion | undefined {
    // Until something is shown, what was asked before arbitration holds.
    if (shown.size === 0) return undefined;
    contactBlockNow ??= contactCheck({ policies, nowMs, ...contacts, ledger });
    const held = contactBlockNow({ ...candidate, direction: placement.direction });
    if (held !== undefined) return held;
    const scarce = candidate.weighing?.uses.find(
      ({ budgetId, amount }) => (budgets.get(budgetId)?.left ?? 0) - (spent.get(budgetId) ?? 0) < amount,
    );
    return scarce === undefined ? undefined : { reason: 'budget_exhausted', budgetId: scarce.budgetId };
  }

  return {
    shown,
    /** By what was there before the call. */
    contactBlock: contactCheck({ policies, nowMs, ...contacts }),
    show(candidate: Candidate, placement: Placement): Exclusion | undefined {
      const blocked = block(candidate, placement);
      if (blocked !== undefined) return blocked;
      shown.add(candidate.offerId);
      ledger = withContacts(ledger, [contactOf(candidate, placement, { ...facts, atMs: nowMs })]);
      contactBlockNow = undefined;
      for (const { budgetId, amount } of candidate.weighing?.uses ?? []) {
        spent.set(budgetId, (spent.get(budgetId) ?? 0) + amount);
      }
      return undefined;
    },
  };
}
