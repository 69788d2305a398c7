import type { CatalogueItem } from '#domain/catalogue/catalogue.ts';
import type { ItemKind } from '#domain/catalogue/item-kinds.ts';

type Over = Readonly<Record<string, unknown>>;

/** A valid item of each kind, as it would be sent; `over` replaces fields. Together they make a whole catalogue. */
export const offer = (over: Over = {}) => ({
  offerId: 'tv',
  name: 'Sport channels',
  group: 'cross-sell',
  value: { amountMinor: 4000, currency: 'EUR' },
  state: 'live',
  ...over,
});
export const offerGroup = (over: Over = {}) => ({ groupId: 'cross-sell', name: 'Cross-sell', ...over });
export const treatment = (over: Over = {}) => ({
  treatmentId: 'tv-hero',
  offerId: 'tv',
  channel: 'web',
  placements: ['web/home-hero'],
  content: { title: 'Every match' },
  state: 'live',
  ...over,
});
export const placement = (over: Over = {}) => ({
  placementId: 'web/home-hero',
  touchpoint: 'web',
  channel: 'web',
  direction: 'inbound',
  ...over,
});
export const segment = (over: Over = {}) => ({
  segmentId: 'loyal',
  name: 'Loyal',
  rule: 'profile.orders >= 3',
  ...over,
});
export const strategy = (over: Over = {}) => ({
  strategyId: 'everywhere',
  name: 'Everywhere',
  placements: 'all',
  champion: { name: 'balanced' },
  salt: 'one',
  ...over,
});
export const contactPolicy = (over: Over = {}) => ({
  policyId: 'week',
  caps: [{ per: 'total', most: 2, windowDays: 7 }],
  ...over,
});
export const budget = (over: Over = {}) => ({ budgetId: 'mails', unit: 'e-mails', limit: 100, period: 'day', ...over });
export const kpi = (over: Over = {}) => ({
  kpiId: 'acceptance',
  name: 'Acceptance',
  measure: 'acceptance-rate',
  better: 'higher',
  ...over,
});
export const campaign = (over: Over = {}) => ({
  campaignId: 'spring',
  name: 'Spring',
  audience: 'profile.orders >= 1',
  placements: ['web/home-hero'],
  ...over,
});

/** The builder of each kind. */
export const builders = {
  segments: segment,
  budgets: budget,
  kpis: kpi,
  placements: placement,
  'offer-groups': offerGroup,
  offers: offer,
  treatments: treatment,
  'contact-policies': contactPolicy,
  strategies: strategy,
  campaigns: campaign,
} satisfies Record<ItemKind, (over?: Over) => Over>;

/** An item of a kind, as it is saved. */
export function saved(kind: ItemKind, over: Over = {}): CatalogueItem {
  return { kind, item: builders[kind](over) };
}

/** One valid item of each kind that is made of others and not of the whole: no campaign. */
export function smallCatalogue(): CatalogueItem[] {
  const { campaigns: _, ...parts } = builders;
  return Object.entries(parts).map(([kind, build]) => ({ kind: kind as ItemKind, item: build() }));
}
