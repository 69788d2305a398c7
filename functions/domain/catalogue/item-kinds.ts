import { budgetKind } from '#domain/budget/budget-kind.ts';
import { campaignKind } from '#domain/campaign/campaign-kind.ts';
import { contactPolicyKind } from '#domain/contact-policy/contact-policy-kind.ts';
import { kpiKind } from '#domain/kpi/kpi-kind.ts';
import { offerGroupKind } from '#domain/offer/offer-group-kind.ts';
import { offerKind } from '#domain/offer/offer-kind.ts';
import { placementKind } from '#domain/placement/placement-kind.ts';
import { segmentKind } from '#domain/segment/segment-kind.ts';
import { strategyKind } from '#domain/strategy/strategy-kind.ts';
import { treatmentKind } from '#domain/treatment/treatment-kind.ts';

/** The kinds of catalogue items by their name; in an order in which few refer to a later one, so that a push needs few rounds. */
export const itemKinds = {
  segments: segmentKind,
  budgets: budgetKind,
  kpis: kpiKind,
  placements: placementKind,
  'offer-groups': offerGroupKind,
  offers: offerKind,
  treatments: treatmentKind,
  'contact-policies': contactPolicyKind,
  strategies: strategyKind,
  campaigns: campaignKind,
};

export type ItemKind = keyof typeof itemKinds;

export const itemKindNames: readonly ItemKind[] = Object.values(itemKinds).map(({ kind }) => kind);
