import { beforeEach, describe, expect, test } from 'vitest';
import { type MemoryCatalogue, memoryCatalogue } from '#adapters/in-memory/memory-catalogue.ts';
import { saved } from '#support/builders/catalogue-items.ts';
import { freshCatalogue } from '#use-cases/catalogue/fresh-catalogue.ts';

let store: MemoryCatalogue;
let calls: string[];
let nowMs: number;
let failure: Error | undefined;
let stale: unknown[];
let current: ReturnType<typeof freshCatalogue>;

beforeEach(() => {
  store = memoryCatalogue([saved('offers')]);
  [calls, nowMs, failure, stale] = [[], 0, undefined, []];
  const noted = <Result>(name: string, run: () => Promise<Result>) => {
    calls.push(name);
    return failure === undefined ? run() : Promise.reject(failure);
  };
  current = freshCatalogue({
    store: { load: () => noted('load', store.load), revision: () => noted('revision', store.revision) },
    now: () => nowMs,
    freshMs: 30_000,
    onStale: (cause) => stale.push(cause),
  });
});

const change = () =>
  store.changes.push({ ...saved('segments'), id: 'loyal', version: 2, updatedAt: '', updatedBy: '' });

describe('the catalogue of a function', () => {
  test('is read once for as long as it is fresh, by however many ask', async () => {
    await Promise.all([current(), current()]);
    nowMs = 29_999;
    change();
    expect((await current()).revision).toBe(1);
    expect(calls).toEqual(['load']);
  });

  test('is the same object after it was found unchanged', async () => {
    const first = await current();
    nowMs = 30_000;
    expect(await current()).toBe(first);
    expect(calls).toEqual(['load', 'revision']);
  });

  test('is read again when it changed, once for all who ask then', async () => {
    await current();
    change();
    nowMs = 30_000;
    const [one, other] = await Promise.all([current(), current()]);
    expect([one.revision, one.segments.size, other === one]).toEqual([2, 1, true]);
    expect(calls).toEqual(['load', 'revision', 'load']);
  });

  test('is an older copy while the store fails, which is asked again after a second', async () => {
    const first = await current();
    change();
    failure = new Error('throttled');
    nowMs = 30_000;
    expect(await current()).toBe(first);
    expect(stale).toEqual([failure]);
    nowMs = 30_999;
    expect(await current()).toBe(first);
    expect(stale).toHaveLength(1);
    failure = undefined;
    nowMs = 31_000;
    expect((await current()).revision).toBe(2);
  });

  test('fails while there is no copy, and comes when the store does', async () => {
    failure = new Error('throttled');
    await expect(current()).rejects.toBe(failure);
    failure = undefined;
    expect((await current()).revision).toBe(1);
    expect(stale).toEqual([]);
  });
});
