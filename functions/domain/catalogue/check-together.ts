import { faultAt, type ItemFault } from '#domain/vocabulary/item-fault.ts';
import { type ItemKind, itemKindNames } from './item-kinds.ts';
import { type ItemsByKind, kindDefinitions } from './kind-definitions.ts';
import type { ParsedItem } from './parsed-item.ts';
import { referencesOf } from './references.ts';

/**
 * What is wrong with an item among the others: it names one that is not there, or contradicts one. `items` hold the item too,
 * as it would be saved; `isThere` knows of others that can't be read yet.
 */
export function checkTogether(
  parsed: ParsedItem,
  items: ItemsByKind,
  isThere: IsThere = () => false,
): readonly ItemFault[] {
  const missing = referencesOf(parsed)
    .filter(({ kind, id }) => !items[kind].has(id) && !isThere(kind, id))
    .map(({ path, kind, id }) => faultAt(path, `There is no ${kindDefinitions[kind].noun} "${id}"`));
  const contradictions = itemKindNames.flatMap(
    (kind) => kindDefinitions[kind].contradictions[parsed.kind]?.(parsed.id, items) ?? [],
  );
  return [...missing, ...contradictions];
}

/** Whether there is an item of a kind with an id. */
export type IsThere = (kind: ItemKind, id: string) => boolean;
