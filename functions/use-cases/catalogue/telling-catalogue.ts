import { packedEntries } from '#contracts/bus/packed-entries.ts';
import { itemKinds } from '#domain/catalogue/item-kinds.ts';
import type { PastItem } from '#domain/catalogue/stored-catalogue.ts';
import type { Bus } from '#ports/bus.ts';
import type { CatalogueChanges } from '#ports/catalogue-changes.ts';
import type { CatalogueStore } from '#ports/catalogue-store.ts';

export interface TellingDeps {
  readonly store: CatalogueStore;
  readonly changes: CatalogueChanges;
  readonly bus: Bus;
  readonly now: () => number;
  readonly newId: () => string;
  /** Told when the bus did not take a change: it is saved, and goes out with the next one. */
  readonly onUntold: (error: unknown) => void;
}

/**
 * A catalogue that tells the bus what is saved in it: the change, and those before it that are not told yet, as those of a writer who
 * died after saving and all of a stage that was there before anything was told. A change may be told twice.
 */
export function tellingCatalogue({ store, changes, bus, now, newId, onUntold }: TellingDeps): CatalogueStore {
  async function tell(saved: PastItem): Promise<void> {
    const told = await changes.told();
    if (told >= saved.version) return;
    const untold = told === saved.version - 1 ? [saved] : await changes.after(told);
    const stamp = { newId, occurredAt: new Date(now()).toISOString() };
    await bus.publish(packedEntries('CatalogueChanged', stamp, untold.map(changeToTell), (run) => ({ changes: run })));
    await changes.noteTold(Math.max(...untold.map(({ version }) => version)));
  }

  return {
    ...store,
    async save(change) {
      const outcome = await store.save(change);
      if (outcome === 'saved') await tell({ ...change.change, version: change.revision + 1 }).catch(onUntold);
      return outcome;
    },
  };
}

/** The change as others read it: with the defaults that its kind fills in, where it still is what the kind asks for. */
function changeToTell({ kind, id, version, item, updatedAt, updatedBy }: PastItem) {
  const known = { kind, id, version, changedAt: updatedAt, changedBy: updatedBy };
  if (item === undefined) return known;
  const whole = itemKinds[kind].schema.safeParse(item);
  return { ...known, item: whole.success ? { ...whole.data } : item };
}
