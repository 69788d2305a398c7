import { catalogueKind } from '#domain/vocabulary/catalogue-kind.ts';
import { Campaign } from './campaign.ts';
import { type CampaignOthers, campaignFaults } from './campaign-faults.ts';

export const campaignKind = catalogueKind({
  kind: 'campaigns',
  noun: 'campaign',
  idField: 'campaignId',
  schema: Campaign.meta({
    examples: [
      {
        campaignId: 'sport-season',
        name: 'Sport for who watches',
        audience: 'profile.orders >= 3',
        placements: ['email/newsletter'],
        offers: ['tv-sport'],
        holdoutShare: 0.1,
        capacity: [{ channel: 'email', most: 10000 }],
        state: 'draft',
      },
    ],
  }),
  touchpoints: ({ capacity }) =>
    capacity.map(({ channel }, index) => ({ path: ['capacity', index, 'channel'], name: channel })),
  references: ({ kpiId, placements, offers = [], treatments = [], budgets, trigger }) => [
    ...(kpiId === undefined ? [] : [{ path: ['kpiId'], kind: 'kpis', id: kpiId } as const]),
    ...placements.map((id, index) => ({ path: ['placements', index], kind: 'placements', id }) as const),
    ...offers.map((id, index) => ({ path: ['offers', index], kind: 'offers', id }) as const),
    ...treatments.map((id, index) => ({ path: ['treatments', index], kind: 'treatments', id }) as const),
    ...budgets.map(
      ({ budgetId }, index) => ({ path: ['budgets', index, 'budgetId'], kind: 'budgets', id: budgetId }) as const,
    ),
    ...(trigger === undefined
      ? []
      : [{ path: ['trigger', 'segmentId'], kind: 'segments', id: trigger.segmentId } as const]),
  ],
  rules: ({ audience }) => [{ path: ['audience'], source: audience, gives: 'truth', isOfLake: true }],
  contradictions: {
    campaigns: (id, others: CampaignOthers) => campaignFaults(({ campaignId }) => campaignId === id, others),
    placements: (_, others: CampaignOthers) => campaignFaults(isNotOver, others, 'of another'),
    offers: (_, others: CampaignOthers) => campaignFaults(isNotOver, others, 'of another'),
    treatments: (_, others: CampaignOthers) => campaignFaults(isNotOver, others, 'of another'),
  },
});

const isNotOver = ({ state }: Campaign) => state !== 'ended';
