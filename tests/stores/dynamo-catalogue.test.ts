import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { dynamoCatalogue } from '#adapters/catalogue-table/dynamo-catalogue.ts';
import { type CatalogueItem, catalogueVersion, idOfItem, keyOfItem } from '#domain/catalogue/catalogue.ts';
import type { CatalogueStore } from '#ports/catalogue-store.ts';
import { offer, saved, smallCatalogue } from '#support/builders/catalogue-items.ts';
import { startTestTable, type TestTable } from '#support/local-dynamodb.ts';

let table: TestTable;
let store: CatalogueStore;
beforeEach(async () => {
  table = await startTestTable();
  store = dynamoCatalogue(table.client, table.name);
  return () => table[Symbol.asyncDispose]();
});

const meta = { updatedAt: '2026-03-01T00:00:00.000Z', updatedBy: 'c-1' };

/** Puts or, without an item, deletes on top of a revision; the hash is what it must be. */
async function save(revision: number, saving: CatalogueItem, deletes = false) {
  const { items } = await store.load();
  const others = items.filter((item) => keyOfItem(item) !== keyOfItem(saving));
  return store.save({
    revision,
    change: { kind: saving.kind, id: idOfItem(saving), ...meta, ...(deletes ? {} : { item: saving.item }) },
    catalogueVersion: catalogueVersion(deletes ? others : [...others, saving]),
  });
}

test('an empty table is an empty catalogue', async () => {
  expect([await store.load(), await store.revision()]).toEqual([{ revision: 0, items: [] }, 0]);
  expect([await store.find('offers', 'tv'), await store.list('offers'), await store.changesOf('offers', 'tv')]).toEqual(
    [undefined, [], []],
  );
});

describe('a saved item', () => {
  test('is read back with its version, in the order of its fields', async () => {
    const item = { zeta: [1, { b: 1, a: null }], ...offer(), name: 'Äther — “TV”' };
    expect(await save(0, { kind: 'offers', item })).toBe('saved');
    expect(await store.find('offers', 'tv')).toEqual({ kind: 'offers', id: 'tv', version: 1, ...meta, item });
    expect(JSON.stringify((await store.load()).items[0]?.item)).toBe(JSON.stringify(item));
    expect(await store.revision()).toBe(1);
  });

  test('has the revision of its last change as version, whatever changes beside it', async () => {
    await save(0, saved('offers'));
    await save(1, saved('segments'));
    await save(2, saved('offers', { name: 'New' }));
    expect((await store.load()).items.map(({ kind, version }) => [kind, version])).toEqual([
      ['offers', 3],
      ['segments', 2],
    ]);
  });

  test('that is deleted and made again never has an old version', async () => {
    await save(0, saved('offers'));
    await save(1, saved('offers'), true);
    expect([await store.find('offers', 'tv'), (await store.load()).items]).toEqual([undefined, []]);
    await save(2, saved('offers'));
    expect((await store.find('offers', 'tv'))?.version).toBe(3);
    expect((await store.changesOf('offers', 'tv')).map(({ version, item }) => [version, item?.offerId])).toEqual([
      [3, 'tv'],
      [2, undefined],
      [1, 'tv'],
    ]);
  });

  test('is not mixed up with one whose id goes on', async () => {
    await save(0, saved('placements', { placementId: 'web' }));
    await save(1, saved('placements', { placementId: 'web/home-hero' }));
    expect((await store.changesOf('placements', 'web')).map(({ id }) => id)).toEqual(['web']);
    expect((await store.list('placements')).map(({ id }) => id)).toEqual(['web', 'web/home-hero']);
    expect(await store.list('offers')).toEqual([]);
  });
});

describe('a save', () => {
  test('on an old revision is a conflict and changes nothing', async () => {
    await save(0, saved('offers'));
    for (const revision of [0, 2]) expect(await save(revision, saved('segments'))).toBe('conflict');
    expect((await store.load()).items.map(({ kind }) => kind)).toEqual(['offers']);
    expect(await store.changesOf('segments', 'loyal')).toEqual([]);
  });

  test('races with nine others: one of them is saved', async () => {
    await save(0, saved('offers'));
    const racers = Array.from({ length: 10 }, (_, index) => saved('segments', { segmentId: `s-${index}` }));
    const outcomes = await Promise.all(racers.map((racer) => save(1, racer)));
    expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
    expect(await store.revision()).toBe(2);
  });
});

test('the catalogue of every revision can be read again', async () => {
  const past = [];
  for (const [index, item] of [...smallCatalogue(), saved('offers', { name: 'New' })].entries()) {
    await save(index, item);
    past.push(await store.load());
  }
  await save(past.length, saved('offers', {}), true);
  for (const then of past) {
    const again = await store.loadAt(then.revision);
    expect(again.revision).toBe(then.revision);
    expect(catalogueVersion(again.items)).toBe(catalogueVersion(then.items));
    expect(again.items.toSorted((a, b) => (keyOfItem(a) < keyOfItem(b) ? -1 : 1))).toEqual(then.items);
  }
});

test('a read that never adds up to the head throws', async () => {
  await save(0, saved('offers'));
  const key = { pk: { S: 'catalogue' }, sk: { S: 'offers/tv' } };
  const { Item = {} } = await table.client.send(new GetItemCommand({ TableName: table.name, Key: key }));
  const torn = { ...Item, json: { S: JSON.stringify(offer({ name: 'Half' })) } };
  await table.client.send(new PutItemCommand({ TableName: table.name, Item: torn }));
  await expect(store.load()).rejects.toMatchObject({ name: 'CatalogueTornError' });
});
