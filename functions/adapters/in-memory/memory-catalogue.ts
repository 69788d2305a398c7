import { type CatalogueItem, catalogueVersion, idOfItem } from '#domain/catalogue/catalogue.ts';
import { catalogueAt, type PastItem } from '#domain/catalogue/stored-catalogue.ts';
import type { CatalogueStore } from '#ports/catalogue-store.ts';

/** A catalogue in memory that keeps the store's promises, with what it holds open to tests. */
export interface MemoryCatalogue extends CatalogueStore {
  readonly changes: PastItem[];
  /** Runs before the next save, once: somebody else is faster. */
  beforeSave: (() => Promise<unknown>) | undefined;
}

export function memoryCatalogue(items: readonly CatalogueItem[] = []): MemoryCatalogue {
  const changes: PastItem[] = items.map((saved, index) => ({
    ...saved,
    id: idOfItem(saved),
    version: index + 1,
    updatedAt: '2026-03-01T00:00:00.000Z',
    updatedBy: 'c-0',
  }));
  const now = () => catalogueAt(changes.length, changes);
  const store: MemoryCatalogue = {
    changes,
    beforeSave: undefined,
    load: async () => now(),
    revision: async () => changes.length,
    loadAt: async (revision) => catalogueAt(revision, changes),
    find: async (kind, id) => now().items.find((item) => item.kind === kind && item.id === id),
    list: async (kind) =>
      now()
        .items.filter((item) => item.kind === kind)
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    changesOf: async (kind, id) => changes.filter((item) => item.kind === kind && item.id === id).reverse(),
    async save({ revision, change, catalogueVersion: version }) {
      const before = store.beforeSave;
      store.beforeSave = undefined;
      await before?.();
      if (revision !== changes.length) return 'conflict';
      changes.push({ ...change, version: revision + 1 });
      if (catalogueVersion(now().items) !== version) throw new Error('The change does not add up to its hash');
      return 'saved';
    },
  };
  return store;
}
