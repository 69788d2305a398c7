import { catalogueKind } from '#domain/vocabulary/catalogue-kind.ts';
import { Segment } from './segment.ts';

export const segmentKind = catalogueKind({
  kind: 'segments',
  noun: 'segment',
  idField: 'segmentId',
  schema: Segment.meta({
    examples: [{ segmentId: 'loyal', name: 'Bought three times or more', rule: 'profile.orders >= 3' }],
  }),
  rules: ({ segmentId, rule }) => [{ path: ['rule'], source: rule, gives: 'truth', ofSegment: segmentId }],
});
