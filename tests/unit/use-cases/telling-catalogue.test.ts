import { describe, expect, test } from 'vitest';
import { memoryCatalogue } from '#adapters/in-memory/memory-catalogue.ts';
import { catalogueVersion } from '#domain/catalogue/catalogue.ts';
import type { PastItem } from '#domain/catalogue/stored-catalogue.ts';
import type { CatalogueChanges } from '#ports/catalogue-changes.ts';
import { builders } from '#support/builders/catalogue-items.ts';
import { FakeBus } from '#support/fakes/fake-bus.ts';
import { tellingCatalogue } from '#use-cases/catalogue/telling-catalogue.ts';

/** A catalogue that holds a segment nobody was told of, and one that tells. */
function world() {
  const store = memoryCatalogue([{ kind: 'segments', item: builders.segments() }]);
  const bus = new FakeBus();
  const untold: unknown[] = [];
  let mark = 0;
  const changes: CatalogueChanges = {
    told: async () => mark,
    after: async (revision) => store.changes.filter(({ version }) => version > revision),
    noteTold: async (revision) => {
      mark = Math.max(mark, revision);
    },
  };
  const telling = tellingCatalogue({
    store,
    changes,
    bus,
    now: () => 0,
    newId: () => 'e-1',
    onUntold: (error) => untold.push(error),
  });
  const offer = builders.offers();
  /** Saves the offer, or deletes it, on top of a revision. */
  async function save(revision: number, change: { item?: PastItem['item'] } = { item: offer }) {
    const { items } = await store.load();
    const others = items.filter(({ kind }) => kind !== 'offers');
    const now = change.item === undefined ? others : [...others, { kind: 'offers' as const, item: change.item }];
    return telling.save({
      revision,
      change: { kind: 'offers', id: 'tv', updatedAt: '2026-03-01T00:00:00.000Z', updatedBy: 'c-1', ...change },
      catalogueVersion: catalogueVersion(now),
    });
  }
  const told = () => bus.details('CatalogueChanged').map((event) => event.changes.map(({ version }) => version));
  return { store, bus, untold, save, told, offer };
}

describe('a catalogue that tells', () => {
  test('tells what is saved, with the defaults of its kind, and all that was never told', async () => {
    const { bus, save, told, offer } = world();
    expect(await save(1)).toBe('saved');
    expect(told()).toEqual([[1, 2]]);
    const [event] = bus.details('CatalogueChanged');
    expect(offer).not.toHaveProperty('lever');
    expect(event?.changes[1]).toMatchObject({ kind: 'offers', id: 'tv', version: 2, item: { lever: 1 } });
  });

  test('tells each change alone from then on, deletions too', async () => {
    const { bus, save, told } = world();
    await save(1);
    await save(2, { item: { ...builders.offers(), name: 'New' } });
    await save(3, {});
    expect(told()).toEqual([[1, 2], [3], [4]]);
    expect(bus.details('CatalogueChanged')[2]?.changes[0]).not.toHaveProperty('item');
  });

  test('saves what the bus does not take, and tells it with the next change', async () => {
    const { bus, untold, save, told } = world();
    bus.isDown = true;
    expect(await save(1)).toBe('saved');
    expect([told(), untold.length]).toEqual([[], 1]);
    bus.isDown = false;
    await save(2, { item: { ...builders.offers(), name: 'New' } });
    expect(told()).toEqual([[1, 2, 3]]);
  });

  test('tells nothing of what is not saved', async () => {
    const { save, told } = world();
    expect(await save(0)).toBe('conflict');
    expect(told()).toEqual([]);
  });
});
