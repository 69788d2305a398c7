import { catalogueKind } from '#domain/vocabulary/catalogue-kind.ts';
import { faultAt, type ItemFault } from '#domain/vocabulary/item-fault.ts';
import { Strategy } from './strategy.ts';
import type { Variant } from './variant.ts';

export const strategyKind = catalogueKind({
  kind: 'strategies',
  noun: 'strategy',
  idField: 'strategyId',
  schema: Strategy.meta({
    examples: [
      {
        strategyId: 'everywhere',
        name: 'One way of deciding for all placements',
        placements: 'all',
        champion: { name: 'balanced' },
        challengers: [{ name: 'sport-first', share: 0.1, leverOverrides: { 'tv-hero': 1.5 } }],
        holdoutShare: 0.05,
        salt: 'everywhere-2026',
      },
    ],
  }),
  references: ({ placements, champion, challengers }) => {
    const named = placements === 'all' ? [] : placements;
    return [
      ...named.map((id, index) => ({ path: ['placements', index], kind: 'placements', id }) as const),
      ...levers(['champion'], champion),
      ...challengers.flatMap((variant, index) => levers(['challengers', index], variant)),
    ];
  },
  contradictions: { strategies: rivals },
});

function levers(path: readonly (string | number)[], { leverOverrides }: Variant) {
  return Object.keys(leverOverrides).map(
    (id) => ({ path: [...path, 'leverOverrides', id], kind: 'treatments', id }) as const,
  );
}

/** A placement has one strategy. */
function rivals(
  id: string,
  { strategies }: { readonly strategies: ReadonlyMap<string, Strategy> },
): readonly ItemFault[] {
  const placements = strategies.get(id)?.placements ?? [];
  const others = [...strategies.values()].filter(({ strategyId }) => strategyId !== id);
  if (placements === 'all') {
    return others
      .filter((other) => other.placements === 'all')
      .map((other) => faultAt(['placements'], `The strategy "${other.strategyId}" is for all placements already`));
  }
  return placements.flatMap((placementId, index) =>
    others
      .filter((other) => other.placements !== 'all' && other.placements.includes(placementId))
      .map((other) =>
        faultAt(['placements', index], `"${placementId}" has the strategy "${other.strategyId}" already`),
      ),
  );
}
