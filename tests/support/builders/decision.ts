import { type CatalogueItem, readCatalogue } from '#domain/catalogue/catalogue.ts';
import { emptyLedger } from '#domain/contact-policy/contact-ledger.ts';
import { decide } from '#domain/decision/decide.ts';
import type { DecisionFacts, PlacementPropensities } from '#domain/decision/decision-facts.ts';
import { decisionPlan } from '#domain/decision/decision-plan.ts';
import { DecisionRequest } from '#domain/decision/decision-request.ts';
import type { Touchpoint } from '#domain/vocabulary/touchpoint.ts';
import { saved } from './catalogue-items.ts';
import { unknownProfile } from './rule-facts.ts';

/** Noon of 2 March 2026, UTC: a Monday. */
export const decisionTime = Date.UTC(2026, 2, 2, 12);

/** Posteriors by treatment id; half a chance, and sure of it, for those that are not named. */
export function propensities(
  posteriors: Record<string, { mean: number; variance: number }> = {},
): PlacementPropensities {
  return {
    features: '',
    of: ({ treatmentId }) => ({ posterior: posteriors[treatmentId] ?? { mean: 0, variance: 0 }, features: '' }),
  };
}

/** Facts of a decision about an unknown customer, from catalogue items; `over` replaces some. */
export function decisionFacts(items: readonly CatalogueItem[], over: Partial<DecisionFacts> = {}): DecisionFacts {
  return {
    decisionId: '019cad2f-0000-7000-8000-000000000001',
    nowMs: decisionTime,
    customerId: 'customer-1',
    personaId: 'persona-1',
    isKnown: true,
    newUnitId: 'customer-1',
    plan: decisionPlan(readCatalogue(items)),
    profile: unknownProfile,
    segments: new Set(),
    consents: new Map(),
    contacts: { ledger: emptyLedger(['persona-1']), responses: [], zone: 'UTC' },
    fractionOf: () => 0.999,
    propensities: () => propensities(),
    modelsRead: true,
    budgets: new Map(),
    ...over,
  };
}

/** A valid request for the web's home page; `over` replaces fields. */
export function decisionRequest(over: Partial<DecisionRequest> = {}): DecisionRequest & { touchpoint: Touchpoint } {
  const request = DecisionRequest.parse({ customer: 'user_id:u1', placements: ['web/home-hero'] });
  return { ...request, ...over, touchpoint: over.touchpoint ?? 'web' };
}

/** A catalogue of one placement, one group and, for each name, an offer with a treatment `<name>-hero` there. */
export function offersNamed(names: readonly string[], over: Record<string, unknown> = {}): CatalogueItem[] {
  return [
    saved('placements', { limit: 1 }),
    saved('offer-groups'),
    saved('strategies'),
    ...names.flatMap((name) => [
      saved('offers', { offerId: name, name: `The ${name}`, ...over }),
      saved('treatments', { treatmentId: `${name}-hero`, offerId: name }),
    ]),
  ];
}

/** Decides, and gives what became of each treatment at each placement. */
export function outcomes(facts: DecisionFacts, over: Partial<DecisionRequest> = {}) {
  const decision = decide(decisionRequest(over), facts);
  const all = decision.placements.flatMap(({ placementId, candidates }) =>
    candidates.map((candidate) => ({ placementId, ...candidate })),
  );
  return {
    decision,
    shown: all.flatMap(({ treatmentId, outcome }) => (outcome?.rank === undefined ? [] : [treatmentId])),
    reasons: Object.fromEntries(
      all.map(({ treatmentId, excluded, withheld }) => [treatmentId, (excluded ?? withheld)?.reason ?? 'shown']),
    ),
    candidate: (treatmentId: string) => all.find((candidate) => candidate.treatmentId === treatmentId),
  };
}
