import type { BudgetUse } from '#domain/budget/budget-view.ts';
import type { Contact, ContactLedger } from '#domain/contact-policy/contact-ledger.ts';
import type { Exposure } from '#domain/contact-policy/exposure.ts';
import { type Candidate, isShown } from './candidate.ts';
import type { Decision, PlacementDecision } from './decision.ts';
import type { DecisionPlan } from './decision-plan.ts';

/** Treatments that a decision shows, with their placements. */
export function shownBy({ placements }: Pick<Decision, 'placements'>) {
  return placements.flatMap((placement) =>
    placement.candidates
      .filter(isShown)
      .toSorted((a, b) => (a.outcome?.rank ?? 0) - (b.outcome?.rank ?? 0))
      .map((candidate) => ({ candidate, placement })),
  );
}

/** The contacts that a decision makes. */
export function contactsOf(decision: Decision): Contact[] {
  return shownBy(decision).map(({ candidate, placement }) => contactOf(candidate, placement, decision));
}

/**
 * The strategies that a decision is the persona's first exposure to, whether it shows anything or not: holding out is an arm too.
 * A strategy that is all champion's compares nothing, so nothing of it is kept.
 */
export function newExposures(
  { placements, personaId, customerId, atMs }: Decision,
  plan: Pick<DecisionPlan, 'placements'>,
  { personas, exposures }: ContactLedger,
  asksPerson: boolean,
): Exposure[] {
  const known = new Set(
    exposures.flatMap((exposure) => (exposure.personaId === personaId ? [exposure.strategyId] : [])),
  );
  return placements.flatMap(({ placementId, strategyId, unitId = customerId }) => {
    const isCompared = plan.placements.get(placementId)?.places.some(({ spans }) => spans.length > 0) ?? false;
    if (strategyId === null || !isCompared || known.has(strategyId)) return [];
    known.add(strategyId);
    return [{ strategyId, personaId, unitId, atMs, isPerson: asksPerson || personas.length > 1 }];
  });
}

/** What a decision takes of budgets. */
export function usesOf(decision: Decision): BudgetUse[] {
  return shownBy(decision).flatMap(({ candidate }) =>
    (candidate.weighing?.uses ?? []).map(({ budgetId, amount }) => ({ budgetId, amount })),
  );
}

/** What the treatments of a decision that use budgets are worth before shadow prices, in minor units. */
export function worthOf(decision: Decision): number {
  return shownBy(decision).reduce((sum, { candidate: { weighing } }) => {
    if (weighing === undefined || weighing.uses.length === 0) return sum;
    const { propensity, context, valueMinor, lever, costMinor } = weighing;
    return sum + Math.max(0, propensity * context * valueMinor * lever - costMinor);
  }, 0);
}

/** The contact that showing a treatment is. */
export function contactOf(
  { treatmentId, offerId, group, channel, kind }: Candidate,
  { direction }: Pick<PlacementDecision, 'direction'>,
  { atMs, personaId, decisionId }: Pick<Decision, 'atMs' | 'personaId' | 'decisionId'>,
): Contact {
  return { atMs, treatmentId, offerId, group, channel, direction, kind, personaId, decisionId };
}
