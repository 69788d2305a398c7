import type { ItemKey } from '#adapters/dynamodb/read-items.ts';
import type { ItemKind } from '#domain/catalogue/item-kinds.ts';

/**
 * The key design of the catalogue table.
 *
 * | partition   | sort key                | item                                                             |
 * |-------------|-------------------------|------------------------------------------------------------------|
 * | `catalogue` | `!head`                 | where the catalogue stands; it sorts before every item            |
 * |             | `<kind>/<id>`           | an item as it is                                                 |
 * | `changes`   | `<kind>/<id>#<version>` | one change of an item; versions have twelve digits, to be sorted |
 * | `told`      | `!told`                 | the revision up to which all changes were told to the bus         |
 */
export const cataloguePartition = 'catalogue';
export const changesPartition = 'changes';

export const headKey: ItemKey = { pk: cataloguePartition, sk: '!head' };

export const toldKey: ItemKey = { pk: 'told', sk: '!told' };

/** What the sort keys of all items of a kind begin with. */
export const kindSortPrefix = (kind: ItemKind) => `${kind}/`;
export const catalogueItemKey = (kind: ItemKind, id: string): ItemKey => ({
  pk: cataloguePartition,
  sk: `${kindSortPrefix(kind)}${id}`,
});

/** What the sort keys of all changes of an item begin with. */
export const changeSortPrefix = (kind: ItemKind, id: string) => `${catalogueItemKey(kind, id).sk}#`;
export const changeKey = (kind: ItemKind, id: string, version: number): ItemKey => ({
  pk: changesPartition,
  sk: `${changeSortPrefix(kind, id)}${String(version).padStart(12, '0')}`,
});
