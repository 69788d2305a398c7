import { catalogueKind } from '#domain/vocabulary/catalogue-kind.ts';
import { engagementRules } from '#domain/vocabulary/engagement-rules.ts';
import { Offer } from './offer.ts';

export const offerKind = catalogueKind({
  kind: 'offers',
  noun: 'offer',
  idField: 'offerId',
  schema: Offer.meta({
    examples: [
      {
        offerId: 'tv-sport',
        name: 'Sport channels',
        group: 'grow',
        value: { amountMinor: 5000, currency: 'EUR' },
        applicable: 'profile.interactions >= 3',
        state: 'live',
      },
    ],
  }),
  references: ({ group }) => [{ path: ['group'], kind: 'offer-groups', id: group }],
  rules: (offer) =>
    'rule' in offer.value
      ? [...engagementRules(offer), { path: ['value', 'rule'], source: offer.value.rule, gives: 'number' }]
      : engagementRules(offer),
});
