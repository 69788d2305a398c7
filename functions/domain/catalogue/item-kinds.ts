import { Budget } from '#domain/budget/budget.ts';
import { ContactPolicy } from '#domain/contact-policy/contact-policy.ts';
import { Kpi } from '#domain/kpi/kpi.ts';
import { Offer } from '#domain/offer/offer.ts';
import { OfferGroup } from '#domain/offer/offer-group.ts';
import { Placement } from '#domain/placement/placement.ts';
import { Segment } from '#domain/segment/segment.ts';
import { Strategy } from '#domain/strategy/strategy.ts';
import { Treatment } from '#domain/treatment/treatment.ts';

/**
 * The kinds of catalogue items by their name in paths, each with its schema and the field that holds its id; in an order in
 * which none refers to a later one.
 */
export const itemKinds = {
  segments: { schema: Segment, idField: 'segmentId', noun: 'segment' },
  budgets: { schema: Budget, idField: 'budgetId', noun: 'budget' },
  kpis: { schema: Kpi, idField: 'kpiId', noun: 'KPI' },
  placements: { schema: Placement, idField: 'placementId', noun: 'placement' },
  'offer-groups': { schema: OfferGroup, idField: 'groupId', noun: 'offer group' },
  offers: { schema: Offer, idField: 'offerId', noun: 'offer' },
  treatments: { schema: Treatment, idField: 'treatmentId', noun: 'treatment' },
  'contact-policies': { schema: ContactPolicy, idField: 'policyId', noun: 'contact policy' },
  strategies: { schema: Strategy, idField: 'strategyId', noun: 'strategy' },
} as const;

export type ItemKind = keyof typeof itemKinds;

export const itemKindNames = [
  'segments',
  'budgets',
  'kpis',
  'placements',
  'offer-groups',
  'offers',
  'treatments',
  'contact-policies',
  'strategies',
] as const satisfies readonly ItemKind[];
