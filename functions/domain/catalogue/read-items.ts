import type { CatalogueItem } from './catalogue.ts';
import { type ItemKind, itemKindNames } from './item-kinds.ts';
import type { Items, ItemsByKind } from './kind-definitions.ts';
import { parseItem } from './parsed-item.ts';

/** Items as they were saved, parsed: of each kind by id, in the order given. What does not fit its schema is left out and listed. */
export function readItems(saved: readonly CatalogueItem[]): {
  readonly items: ItemsByKind;
  readonly unreadable: readonly CatalogueItem[];
} {
  const items: Growing<Items> = {};
  const unreadable: CatalogueItem[] = [];
  function read<Kind extends ItemKind>(kind: Kind): ReadonlyMap<string, Items[Kind]> {
    const ofKind = new Map<string, Items[Kind]>();
    for (const each of saved) {
      if (each.kind !== kind) continue;
      const { success, data } = parseItem(kind, each.item);
      if (success) ofKind.set(data.id, data.item);
      else unreadable.push(each);
    }
    return ofKind;
  }
  for (const kind of itemKindNames) put(items, kind, read(kind));
  if (!isWhole(items)) throw new TypeError('Expected items of every kind');
  return { items, unreadable };
}

type Growing<Each> = { -readonly [Kind in keyof Each]?: ReadonlyMap<string, Each[Kind]> };

function put<Each, Kind extends keyof Each>(items: Growing<Each>, kind: Kind, ofKind: ReadonlyMap<string, Each[Kind]>) {
  items[kind] = ofKind;
}

function isWhole(items: Growing<Items>): items is ItemsByKind {
  return itemKindNames.every((kind) => items[kind] !== undefined);
}
