import type { Candidate } from '#domain/decision/candidate.ts';
import type { Decision, PlacementDecision } from '#domain/decision/decision.ts';
import { accountDigits } from '#domain/decision/encode-decision.ts';
import { rounded } from '#domain/mathematics/rounded.ts';
import type { DecisionRow } from './decisions-table.ts';

/** The lake's rows of a decision: one for each placement. */
export function decisionToRows(decision: Decision): DecisionRow[] {
  return decision.placements.map((placement) => placementRow(decision, placement));
}

function placementRow(decision: Decision, placement: PlacementDecision): DecisionRow {
  const { candidates } = placement;
  const weighed = (numberOf: (weighing: NonNullable<Candidate['weighing']>) => number) =>
    candidates.map(({ weighing }) => (weighing === undefined ? null : numberOf(weighing)));
  const decided = (numberOf: (outcome: NonNullable<Candidate['outcome']>) => number | undefined) =>
    candidates.map(({ outcome }) => (outcome === undefined ? null : (numberOf(outcome) ?? null)));
  return {
    decision_id: decision.decisionId,
    decided_at: new Date(decision.atMs).toISOString(),
    customer_id: decision.customerId,
    persona_id: decision.personaId,
    is_known: decision.isKnown,
    touchpoint: decision.touchpoint,
    placement_id: placement.placementId,
    channel: placement.channel,
    direction: placement.direction,
    strategy_id: placement.strategyId,
    arm: placement.arm,
    unit_id: placement.strategyId === null ? null : (placement.unitId ?? decision.customerId),
    variant: placement.variant,
    ordering: placement.order,
    exploration: placement.arbitration.exploration,
    is_held_out: placement.heldOut,
    treatment_limit: placement.limit,
    degraded: [...decision.degraded],
    catalogue_revision: decision.catalogue.revision,
    engine: decision.engine,
    features: placement.features,
    treatment_ids: candidates.map(({ treatmentId }) => treatmentId),
    offer_ids: candidates.map(({ offerId }) => offerId),
    offer_groups: candidates.map(({ group }) => group),
    results: candidates.map(({ excluded, withheld }) => (excluded ?? withheld)?.reason ?? 'shown'),
    result_sources: candidates.map(({ excluded, withheld }) => {
      const { of, policyId, budgetId } = excluded ?? withheld ?? {};
      return of ?? policyId ?? budgetId ?? '';
    }),
    propensities: weighed(({ propensity }) => short(propensity)),
    posterior_means: weighed(({ posterior }) => posterior.mean),
    posterior_variances: weighed(({ posterior }) => posterior.variance),
    drawn_propensities: decided(({ drawn }) => short(drawn)),
    context_weights: weighed(({ context }) => context),
    values_minor: weighed(({ valueMinor }) => valueMinor),
    levers: weighed(({ lever }) => lever),
    costs_minor: weighed(({ costMinor }) => costMinor),
    shadow_costs_minor: weighed(({ uses }) => short(uses.reduce((sum, { amount, price }) => sum + amount * price, 0))),
    scores: decided(({ score }) => short(score)),
    ranks: decided(({ rank }) => rank),
    probabilities: decided(({ probability }) => probability && short(probability)),
  };
}

/** The exact numbers are in the decision's record. */
const short = (value: number) => rounded(value, accountDigits);
