import { hash32 } from './stable-hash.ts';

/** Room for keys in a map. A number alone is room for so many, in the order of a hash that anybody can work out. */
export interface Room {
  /** So many keys of those that are not in use: the first in the order of `seed`. */
  readonly others: number;
  /** Makes the order of keys; who does not know it can't choose names that drive others out. */
  readonly seed: number;
  /** Keys that stay, whatever else is told. Their number is bounded by what makes them so. */
  readonly isInUse: (key: string) => boolean;
}

/**
 * Joins a value into a map that has room for so many keys: all those in use, and of the others the smallest in the fixed order of
 * their hashes.
 *
 * Why this commutes with everything as long as `merge` does: a key among the smallest of all keys is among the smallest of
 * every subset of them that has it, so it was never dropped and its value misses nothing; any other key is dropped in the end,
 * whatever it held. It needs that keys never leave a map for another reason, and that what is in use stays so: a key that
 * comes into use has what the sample kept of it until then. The order is by hash, so that what stays is a fair sample and not the
 * beginning of the alphabet.
 */
export function join<Value>(
  target: Map<string, Value>,
  key: string,
  value: Value,
  merge: (old: Value, added: Value) => Value,
  room: Room | number,
): void {
  const old = target.get(key);
  if (old === undefined) {
    const { others, seed, isInUse } = typeof room === 'number' ? plainRoom(room) : room;
    if (target.size >= others && !isInUse(key)) {
      const sample = sampleOf(target, seed, isInUse);
      if (sample.size >= others) {
        if (compare({ key, hash: hash32(key, seed) }, sample.greatest) > 0) return;
        target.delete(sample.greatest.key);
      }
      samples.delete(target);
    }
  }
  target.set(key, old === undefined ? value : merge(old, value));
}

/** Joins every entry of a map into another one, which has room for all. */
export function joinAll<Key, Value>(
  target: Map<Key, Value>,
  source: ReadonlyMap<Key, Value>,
  merge: (old: Value, added: Value) => Value,
): void {
  for (const [key, value] of source) {
    const old = target.get(key);
    target.set(key, old === undefined ? value : merge(old, value));
  }
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

const plainRoom = (others: number): Room => ({ others, seed: 0x811c9dc5, isInUse: () => false });

interface HashedKey {
  readonly key: string;
  readonly hash: number;
}

/** The keys of a map that are not in use: how many, and the greatest. */
interface Sample {
  readonly size: number;
  readonly greatest: HashedKey;
}

// A full map is asked for its sample by every new name, and mostly keeps it: without this a flood of names takes ten times as
// long. Keys in use are no part of it, and only `join` adds or drops others.
const samples = new WeakMap<ReadonlyMap<string, unknown>, Sample>();

function sampleOf(target: ReadonlyMap<string, unknown>, seed: number, isInUse: Room['isInUse']): Sample {
  const known = samples.get(target);
  if (known) return known;
  let size = 0;
  let greatest = { key: '', hash: -1 };
  for (const key of target.keys()) {
    if (isInUse(key)) continue;
    size += 1;
    const candidate = { key, hash: hash32(key, seed) };
    if (compare(candidate, greatest) > 0) greatest = candidate;
  }
  const sample = { size, greatest };
  samples.set(target, sample);
  return sample;
}

function compare(a: HashedKey, b: HashedKey): number {
  return a.hash - b.hash || byCodeUnit(a.key, b.key);
}
