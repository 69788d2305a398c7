import { byCodeUnit, join, joinAll, sum } from './bounded-map.ts';
import { boundedName } from './bounded-name.ts';

/** How long an interest lives. */
export interface InterestKind {
  /** Calendar months that are kept, the watermark's own month included. */
  readonly windowMonths: number;
  readonly halfLifeMonths: number;
}

export const productInterest = { windowMonths: 3, halfLifeMonths: 1 } as const satisfies InterestKind;
export const categoryInterest = { windowMonths: 12, halfLifeMonths: 3 } as const satisfies InterestKind;

/** Counts by calendar month (months since the year 0, UTC) and name. */
export type Buckets = Map<number, Map<string, number>>;
export type ReadonlyBuckets = ReadonlyMap<number, ReadonlyMap<string, number>>;

const mostNamesPerMonth = 32;
const topInterests = 10;

/** The calendar month, UTC, of a time in epoch milliseconds. */
export function monthOf(time: number): number {
  const date = new Date(time);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/**
 * Counts a name in its month, unless the month lies below the window that ends at the watermark.
 *
 * Why dropping commutes: the watermark only rises, so what is below the window once is below it in the end; and what is in
 * the window in the end was never below it. In the end the buckets hold exactly the counts of the last window.
 */
export function addInterest(
  buckets: Buckets,
  kind: InterestKind,
  watermarkMonth: number,
  month: number,
  name: string,
): void {
  if (month <= watermarkMonth - kind.windowMonths) return;
  const bucket = buckets.get(month) ?? new Map<string, number>();
  buckets.set(month, bucket);
  join(bucket, boundedName(name), 1, sum, mostNamesPerMonth);
}

/** Drops the months below the window that ends at the watermark. */
export function dropOldMonths(buckets: Buckets, kind: InterestKind, watermarkMonth: number): void {
  for (const month of buckets.keys()) if (month <= watermarkMonth - kind.windowMonths) buckets.delete(month);
}

/** Adds all counts of other buckets. */
export function addBuckets(target: Buckets, source: ReadonlyBuckets): void {
  for (const [month, counts] of source) {
    const bucket = target.get(month) ?? new Map<string, number>();
    target.set(month, bucket);
    joinAll(bucket, counts, sum, mostNamesPerMonth);
  }
}

/** A copy that shares nothing with the original. */
export function copyBuckets(buckets: ReadonlyBuckets): Buckets {
  return new Map([...buckets].map(([month, counts]) => [month, new Map(counts)]));
}

/**
 * The strongest interests now: the sum of count · 2^(−age/half-life), age in calendar months and never below zero, to three
 * decimals; what rounds to zero is left out. Months are added in order: sums of floating-point numbers depend on it.
 */
export function strongestInterests(
  buckets: ReadonlyBuckets,
  kind: InterestKind,
  nowMonth: number,
): { id: string; score: number }[] {
  const scores = new Map<string, number>();
  for (const [month, counts] of [...buckets].sort(([a], [b]) => a - b)) {
    const weight = 2 ** (-Math.max(0, nowMonth - month) / kind.halfLifeMonths);
    for (const [name, count] of counts) scores.set(name, (scores.get(name) ?? 0) + count * weight);
  }
  return [...scores]
    .map(([id, score]) => ({ id, score: Math.round(score * 1000) / 1000 }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || byCodeUnit(a.id, b.id))
    .slice(0, topInterests);
}
