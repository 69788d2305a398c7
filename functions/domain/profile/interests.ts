import { byCodeUnit } from '#domain/text/bounded-map.ts';
import type { BucketWindow, ReadonlyBuckets } from './calendar-buckets.ts';

/** How long an interest lives: a window of calendar months. */
export interface InterestKind extends BucketWindow {
  readonly halfLifeMonths: number;
}

export const productInterest = { buckets: 3, names: 32, halfLifeMonths: 1 } as const satisfies InterestKind;
export const categoryInterest = { buckets: 12, names: 32, halfLifeMonths: 3 } as const satisfies InterestKind;

const topInterests = 10;

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
