import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type KeyRange,
  openSortedStore,
  type SortedStore,
  type StoreOperation,
} from '#local-cloud/services/dynamodb/sorted-store.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'sorted-store-'));

const key = fc.string({ unit: fc.constantFrom('a', 'b', '/', '~', '\0', 'é', '\uffff', '😀'), maxLength: 3 });
const operation: fc.Arbitrary<StoreOperation> = fc.oneof(
  fc.record({ type: fc.constant('put'), key, value: fc.jsonValue() }),
  fc.record({ type: fc.constant('del'), key }),
);
const range = fc.record(
  { gte: key, gt: key, lt: key, lte: key, limit: fc.integer({ min: -1, max: 5 }), reverse: fc.boolean() },
  { requiredKeys: [] },
);

function found(store: SortedStore, asked: KeyRange): [string, unknown][] {
  const entries: [string, unknown][] = [];
  store.visit(asked, (...entry) => entries.push(entry) > 0);
  return entries;
}

/** What a plain map says, its keys sorted by their bytes. */
function expected(model: ReadonlyMap<string, unknown>, { gte, gt, lt, lte, limit = -1, reverse }: KeyRange) {
  const order = (left: string, right: string) => Buffer.compare(Buffer.from(left), Buffer.from(right));
  const inside = [...model]
    .filter(([name]) => gte === undefined || order(name, gte) >= 0)
    .filter(([name]) => gt === undefined || order(name, gt) > 0)
    .filter(([name]) => lt === undefined || order(name, lt) < 0)
    .filter(([name]) => lte === undefined || order(name, lte) <= 0)
    .sort(([left], [right]) => order(left, right));
  const ordered = reverse ? inside.reverse() : inside;
  return limit < 0 ? ordered : ordered.slice(0, limit);
}

test('holds what a sorted map holds, whatever is put, deleted and asked for', () => {
  const store = openSortedStore();
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 30 }), fc.array(range, { maxLength: 5 }), (operations, ranges) => {
      const model = new Map<string, unknown>();
      store.commit(found(store, {}).map(([old]) => ({ type: 'del', key: old })));
      store.commit(operations);
      for (const each of operations) {
        if (each.type === 'put') model.set(each.key, JSON.parse(JSON.stringify(each.value)));
        else model.delete(each.key);
      }
      for (const asked of [{}, ...ranges]) expect(found(store, asked)).toEqual(expected(model, asked));
      for (const { key: asked } of operations) expect(store.get(asked)).toEqual(model.get(asked));
    }),
    { numRuns: 500 },
  );
});

test('makes none of the changes of a commit that fails', () => {
  const store = openSortedStore();
  const circle: { self?: unknown } = {};
  circle.self = circle;
  expect(() =>
    store.commit([
      { type: 'put', key: 'a', value: 1 },
      { type: 'put', key: 'b', value: circle },
    ]),
  ).toThrow(/circular/);
  store.commit([{ type: 'put', key: 'c', value: 3 }]);
  expect(found(store, {})).toEqual([['c', 3]]);
});

test('stops a visit when the visitor has enough, and can be visited again', () => {
  const store = openSortedStore();
  store.commit(['a', 'b', 'c'].map((name) => ({ type: 'put', key: name, value: name })));
  const seen: string[] = [];
  store.visit({}, (name) => seen.push(name) < 2);
  expect(seen).toEqual(['a', 'b']);
  expect(found(store, {})).toHaveLength(3);
});

test('is open in one place at a time', () => {
  const place = folder();
  const first = openSortedStore(place);
  expect(() => openSortedStore(place)).toThrow(/another local cloud/);
  first.commit([{ type: 'put', key: 'a', value: 1 }]);
  first.close();
  const second = openSortedStore(place);
  expect(second.get('a')).toBe(1);
  second.close();
});

test('refuses a folder whose items are in LevelDB, as earlier versions left them', () => {
  const place = folder();
  writeFileSync(join(place, 'CURRENT'), 'MANIFEST-000004\n');
  expect(() => openSortedStore(place)).toThrow(/LevelDB; start with an empty state directory/);
});
