import { faultAt, type ItemFault } from '#domain/vocabulary/item-fault.ts';
import { itemKindNames } from './item-kinds.ts';
import { type ItemsByKind, kindDefinitions } from './kind-definitions.ts';
import type { ParsedItem } from './parsed-item.ts';
import { referencesOf } from './references.ts';

/**
 * What is wrong with an item among the others: it names one that is not there, or contradicts one. `items` hold the item too,
 * as it would be saved.
 */
export function checkTogether(parsed: ParsedItem, items: ItemsByKind): readonly ItemFault[] {
  const missing = referencesOf(parsed)
    .filter(({ kind, id }) => !items[kind].has(id))
    .map(({ path, kind, id }) => faultAt(path, `There is no ${kindDefinitions[kind].noun} "${id}"`));
  const contradictions = itemKindNames.flatMap(
    (kind) => kindDefinitions[kind].contradictions[parsed.kind]?.(parsed.id, items) ?? [],
  );
  return [...missing, ...contradictions];
}
