import type { ItemKind } from '#domain/catalogue/item-kinds.ts';
import type { PastItem, StoredCatalogue, StoredItem } from '#domain/catalogue/stored-catalogue.ts';

/** Stores the catalogue with all its past. */
export interface CatalogueStore {
  /** The whole catalogue as one state of it. Throws {@link CatalogueTornError} when it keeps changing under the reader. */
  load(): Promise<StoredCatalogue>;
  /** Changes so far, at the price of half a read unit; may lag behind by a moment. */
  revision(): Promise<number>;
  /** Saves one change made to the catalogue at a revision. `conflict` means that somebody else wrote first: load and plan again. */
  save(change: CatalogueChange): Promise<'saved' | 'conflict'>;
  /** One item as it is. */
  find(kind: ItemKind, id: string): Promise<StoredItem | undefined>;
  /** All items of a kind, by id. */
  list(kind: ItemKind): Promise<readonly StoredItem[]>;
  /** Every change of one item, the latest first. */
  changesOf(kind: ItemKind, id: string): Promise<readonly PastItem[]>;
  /** The catalogue as it was at a revision: what a decision of then was made from. */
  loadAt(revision: number): Promise<StoredCatalogue>;
}

/** A change of one item. */
export interface CatalogueChange {
  /** The revision that it was planned on; it makes the next one, which is also the item's version. */
  readonly revision: number;
  /** The item from now on; without `item` it is deleted. */
  readonly change: Omit<PastItem, 'version'>;
  /** Hash of the catalogue with the change in it. */
  readonly catalogueVersion: string;
}
