import { catalogueKind } from '#domain/vocabulary/catalogue-kind.ts';
import { Kpi } from './kpi.ts';

export const kpiKind = catalogueKind({
  kind: 'kpis',
  noun: 'KPI',
  idField: 'kpiId',
  schema: Kpi.meta({
    examples: [
      {
        kpiId: 'acceptance',
        name: 'Accepted, of what was presented',
        measure: 'acceptance-rate',
        of: { level: 'channel' },
        windowDays: 28,
        better: 'higher',
        target: 0.06,
      },
    ],
  }),
  touchpoints: ({ of: { level, id } }) =>
    level === 'channel' && id !== undefined
      ? [{ path: ['of', 'id'], name: id, words: 'There is no such channel' }]
      : [],
  references: ({ of: { level, id } }) => {
    const kind = kindOfLevel[level];
    return kind === undefined || id === undefined ? [] : [{ path: ['of', 'id'], kind, id }];
  },
});

/** Of the whole business and of channels there are no items. */
const kindOfLevel = {
  business: undefined,
  channel: undefined,
  strategy: 'strategies',
  segment: 'segments',
  group: 'offer-groups',
  offer: 'offers',
} as const satisfies Record<Kpi['of']['level'], string | undefined>;
