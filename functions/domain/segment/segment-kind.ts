import { catalogueKind } from '#domain/vocabulary/catalogue-kind.ts';
import { Segment } from './segment.ts';
import { segmentFaults } from './segment-faults.ts';

export const segmentKind = catalogueKind({
  kind: 'segments',
  noun: 'segment',
  idField: 'segmentId',
  schema: Segment,
  rules: ({ rule }) => [{ path: ['rule'], source: rule, gives: 'truth' }],
  contradictions: { segments: segmentFaults },
});
