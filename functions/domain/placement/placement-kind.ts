import { catalogueKind } from '#domain/vocabulary/catalogue-kind.ts';
import { Placement } from './placement.ts';

export const placementKind = catalogueKind({
  kind: 'placements',
  noun: 'placement',
  idField: 'placementId',
  schema: Placement,
  touchpoints: ({ touchpoint, channel }) => [
    { path: ['touchpoint'], name: touchpoint },
    { path: ['channel'], name: channel },
  ],
});
