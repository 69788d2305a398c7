import { sum } from '#domain/text/bounded-map.ts';
import type { ReadonlyBuckets } from './calendar-buckets.ts';

/** An amount on a day, UTC, counted from 1970-01-01. */
export interface DayCount {
  readonly day: number;
  readonly count: number;
}

/** Counts of days by name. */
export function countsByName(buckets: ReadonlyBuckets): Map<string, DayCount[]> {
  const all = new Map<string, DayCount[]>();
  for (const [day, counts] of buckets) {
    for (const [name, count] of counts) {
      const days = all.get(name);
      if (days === undefined) all.set(name, [{ day, count }]);
      else days.push({ day, count });
    }
  }
  return all;
}

/** Sums over all buckets by name. */
export function totalsByName(buckets: ReadonlyBuckets): Map<string, number> {
  const all = new Map<string, number>();
  for (const counts of buckets.values()) {
    for (const [name, count] of counts) all.set(name, sum(all.get(name) ?? 0, count));
  }
  return all;
}

export function total(counts: Iterable<number>): number {
  let all = 0;
  for (const count of counts) all = sum(all, count);
  return all;
}
