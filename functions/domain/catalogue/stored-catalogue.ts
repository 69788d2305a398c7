import * as z from 'zod';
import { ArmPlaces } from '#domain/strategy/arm-places.ts';
import { itemKindNames } from './item-kinds.ts';

/** An item as it is stored, with who saved it when. */
export const StoredItem = z.object({
  kind: z.enum(itemKindNames),
  id: z.string(),
  /** The catalogue's revision that this change made; it is the item's ETag. */
  version: z.int().min(1),
  item: z.record(z.string(), z.unknown()),
  /** Of a strategy: which places its arms have come to have by this change and all before it. */
  places: z.array(ArmPlaces).readonly().optional(),
  updatedAt: z.iso.datetime(),
  /** Id of the credential that saved it. */
  updatedBy: z.string(),
});
export type StoredItem = z.infer<typeof StoredItem>;

/** A change of an item that is past or present: what it was from then on, or that it was deleted. */
export const PastItem = StoredItem.extend({ item: StoredItem.shape.item.optional() });
export type PastItem = z.infer<typeof PastItem>;

/** The whole catalogue as one state of it was stored. */
export interface StoredCatalogue {
  /** Changes so far; 0 is the empty catalogue. */
  readonly revision: number;
  readonly items: readonly StoredItem[];
}

/** The state that the catalogue had at a revision, from all changes in any order. */
export function catalogueAt(revision: number, changes: readonly PastItem[]): StoredCatalogue {
  const latest = new Map<string, PastItem>();
  for (const change of changes) {
    const key = `${change.kind}/${change.id}`;
    if (change.version <= revision && change.version > (latest.get(key)?.version ?? 0)) latest.set(key, change);
  }
  const items = latest.values().flatMap(({ item, ...rest }) => (item === undefined ? [] : [{ ...rest, item }]));
  return { revision, items: [...items] };
}
