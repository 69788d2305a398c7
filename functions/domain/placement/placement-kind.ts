import { catalogueKind } from '#domain/vocabulary/catalogue-kind.ts';
import { Placement } from './placement.ts';

export const placementKind = catalogueKind({
  kind: 'placements',
  noun: 'placement',
  idField: 'placementId',
  schema: Placement.meta({
    examples: [
      {
        placementId: 'web/home-hero',
        name: 'Top of the home page',
        touchpoint: 'web',
        channel: 'web',
        direction: 'inbound',
        limit: 1,
      },
    ],
  }),
  touchpoints: ({ touchpoint, channel }) => [
    { path: ['touchpoint'], name: touchpoint },
    { path: ['channel'], name: channel },
  ],
});
