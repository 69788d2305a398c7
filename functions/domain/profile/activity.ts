import { firstDayOf } from '#domain/calendar/days.ts';
import type { BucketWindow, ReadonlyBuckets } from './calendar-buckets.ts';

/** Track events by day, UTC, and name. A day with more names keeps those in use, and a fixed sample of the others. */
export const eventWindow: BucketWindow = { buckets: 92, names: 24 };
/** Orders by day, UTC, and what was paid for them by currency; ISO 4217 bounds the names. */
export const spendWindow: BucketWindow = { buckets: 92, names: Number.POSITIVE_INFINITY };

/** The sum of a name's counts over the last `days` days, UTC, today included; what lies after today counts too. */
export function sumSince(buckets: ReadonlyBuckets, name: string, days: number, nowMs: number): number {
  const first = firstDayOf(days, nowMs);
  let total = 0;
  for (const [day, counts] of buckets) if (day >= first) total += counts.get(name) ?? 0;
  return total;
}

/** The last day, UTC, on which a name was counted; undefined when it is in no bucket. */
export function lastDayOf(buckets: ReadonlyBuckets, name: string): number | undefined {
  let last: number | undefined;
  for (const [day, counts] of buckets) if (counts.has(name) && (last === undefined || day > last)) last = day;
  return last;
}
