import { hash32 } from './stable-hash.ts';

/**
 * Joins a value into a map that keeps at most `limit` keys: the smallest in the fixed order of their hashes.
 *
 * Why this commutes with everything as long as `merge` does: a key among the smallest `limit` of all keys is among the
 * smallest of every subset of them that has it, so it was never dropped and its value misses nothing; any other key is
 * dropped in the end, whatever it held. It needs that keys never leave a map for another reason. The order is by hash, so that
 * what stays is a fair sample and not the beginning of the alphabet.
 */
export function join<Value>(
  target: Map<string, Value>,
  key: string,
  value: Value,
  merge: (old: Value, added: Value) => Value,
  limit: number,
): void {
  const old = target.get(key);
  if (old === undefined && target.size >= limit) {
    const greatest = greatestOf(target);
    if (compare({ key, hash: hash32(key) }, greatest) > 0) return;
    target.delete(greatest.key);
    greatestOfFull.delete(target);
  }
  target.set(key, old === undefined ? value : merge(old, value));
}

/** Joins every entry of a map into another one: see `join`. */
export function joinAll<Value>(
  target: Map<string, Value>,
  source: ReadonlyMap<string, Value>,
  merge: (old: Value, added: Value) => Value,
  limit: number,
): void {
  for (const [key, value] of source) join(target, key, value, merge, limit);
}

/** Adds integers, stopping at the largest exact one: sums of what the door lets in stay far below it. */
export function sum(a: number, b: number): number {
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, a + b));
}

/** Orders texts by UTF-16 code units, the order of every record's encoding. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The entries of a map in the order of its encoding. */
export function sortedEntries<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => byCodeUnit(a, b));
}

interface HashedKey {
  readonly key: string;
  readonly hash: number;
}

// A full map is asked for its greatest key by every new name, and mostly keeps it: without this a flood of names takes ten
// times as long. Only `join` changes the keys of a full map.
const greatestOfFull = new WeakMap<ReadonlyMap<string, unknown>, HashedKey>();

function greatestOf(map: ReadonlyMap<string, unknown>): HashedKey {
  const known = greatestOfFull.get(map);
  if (known) return known;
  let greatest = { key: '', hash: -1 };
  for (const key of map.keys()) {
    const candidate = { key, hash: hash32(key) };
    if (compare(candidate, greatest) > 0) greatest = candidate;
  }
  greatestOfFull.set(map, greatest);
  return greatest;
}

function compare(a: HashedKey, b: HashedKey): number {
  return a.hash - b.hash || byCodeUnit(a.key, b.key);
}
