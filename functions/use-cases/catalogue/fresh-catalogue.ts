import { type Catalogue, readCatalogue } from '#domain/catalogue/catalogue.ts';
import type { CatalogueStore } from '#ports/catalogue-store.ts';

export interface FreshCatalogueDeps {
  readonly store: Pick<CatalogueStore, 'load' | 'revision'>;
  readonly now: () => number;
  /** For how long a copy is used without asking whether it changed. */
  readonly freshMs: number;
  /** Told each time that the store could not be read and an older copy is used. */
  readonly onStale: (cause: unknown) => void;
}

/** A store that did not answer is asked again after this time, not at each call. */
const retryMs = 1000;

/**
 * Gives the catalogue, at most `freshMs` old: after that one small read asks whether it changed, and only then it is read
 * again. When the store can't be read, the copy of before is given, as old as it may be; without one the fault is thrown.
 */
export function freshCatalogue({ store, now, freshMs, onStale }: FreshCatalogueDeps): () => Promise<Catalogue> {
  let copy: Catalogue | undefined;
  let checkAtMs = 0;
  let running: Promise<Catalogue> | undefined;

  async function refresh(): Promise<Catalogue> {
    try {
      if (copy === undefined || (await store.revision()) !== copy.revision) {
        const { items, revision } = await store.load();
        copy = readCatalogue(items, revision);
      }
      checkAtMs = now() + freshMs;
    } catch (cause) {
      if (copy === undefined) throw cause;
      checkAtMs = now() + retryMs;
      onStale(cause);
    }
    return copy;
  }

  return async () => {
    if (copy !== undefined && now() < checkAtMs) return copy;
    running ??= refresh().finally(() => {
      running = undefined;
    });
    return running;
  };
}
