import { catalogueKind } from '#domain/vocabulary/catalogue-kind.ts';
import { engagementRules } from '#domain/vocabulary/engagement-rules.ts';
import { type Channels, channelFaultsOfPlacement, channelFaultsOfTreatment } from './channel-faults.ts';
import { type Currencies, currencyFaults } from './currency-faults.ts';
import { Treatment } from './treatment.ts';

type Others = Channels & Currencies;

export const treatmentKind = catalogueKind({
  kind: 'treatments',
  noun: 'treatment',
  idField: 'treatmentId',
  schema: Treatment.meta({
    examples: [
      {
        treatmentId: 'tv-hero',
        offerId: 'tv-sport',
        channel: 'web',
        placements: ['web/home-hero'],
        content: { title: 'Every match, live', link: '/tv-sport' },
        state: 'live',
      },
    ],
  }),
  touchpoints: ({ channel }) => [{ path: ['channel'], name: channel }],
  references: ({ offerId, placements, uses }) => [
    { path: ['offerId'], kind: 'offers', id: offerId },
    ...placements.map((id, index) => ({ path: ['placements', index], kind: 'placements', id }) as const),
    ...uses.map(
      ({ budgetId }, index) => ({ path: ['uses', index, 'budgetId'], kind: 'budgets', id: budgetId }) as const,
    ),
  ],
  rules: (treatment) =>
    treatment.contextWeight === undefined
      ? engagementRules(treatment)
      : [...engagementRules(treatment), { path: ['contextWeight'], source: treatment.contextWeight, gives: 'number' }],
  contradictions: {
    treatments: (id, others: Others) => [
      ...channelFaultsOfTreatment(id, others),
      ...currencyFaults(({ treatmentId }) => treatmentId === id, ['offerId'], others),
    ],
    placements: (id, others: Others) => channelFaultsOfPlacement(id, others),
    offers: (id, others: Others) => currencyFaults(({ offerId }) => offerId === id, ['value', 'currency'], others),
    budgets: (id, others: Others) =>
      currencyFaults(({ uses }) => uses.some(({ budgetId }) => budgetId === id), ['currency'], others),
  },
});
