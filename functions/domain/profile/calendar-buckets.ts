import { join, joinAll, type Room, sum } from '#domain/text/bounded-map.ts';

/** Integer counts by calendar bucket (a month or a day, UTC, as a number) and name. */
export type Buckets = Map<number, Map<string, number>>;
export type ReadonlyBuckets = ReadonlyMap<number, ReadonlyMap<string, number>>;

/** How many buckets are kept, the watermark's own included, and how many names in each besides those in use. */
export interface BucketWindow {
  readonly buckets: number;
  readonly names: number;
}

/**
 * Adds an amount to a name in its bucket, unless the bucket lies below the window that ends at the watermark. Names are in the
 * form that records keep.
 *
 * Why dropping commutes: the watermark only rises, so what is below the window once is below it in the end; and what is in
 * the window in the end was never below it. In the end the buckets hold exactly the counts of the last window.
 */
export function addToBucket(
  buckets: Buckets,
  window: BucketWindow,
  watermark: number,
  at: number,
  name: string,
  room: Room,
  amount = 1,
): void {
  if (at <= watermark - window.buckets) return;
  const bucket = buckets.get(at) ?? new Map<string, number>();
  buckets.set(at, bucket);
  join(bucket, name, amount, sum, room);
}

/** Drops the buckets below the window that ends at the watermark. */
export function dropOldBuckets(
  buckets: Map<number, unknown>,
  window: Pick<BucketWindow, 'buckets'>,
  watermark: number,
): void {
  for (const at of buckets.keys()) if (at <= watermark - window.buckets) buckets.delete(at);
}

/** Adds all counts of other buckets. */
export function addBuckets(target: Buckets, source: ReadonlyBuckets): void {
  for (const [at, counts] of source) {
    const bucket = target.get(at) ?? new Map<string, number>();
    target.set(at, bucket);
    joinAll(bucket, counts, sum);
  }
}

/** A copy that shares nothing with the original. */
export function copyBuckets(buckets: ReadonlyBuckets): Buckets {
  return new Map([...buckets].map(([at, counts]) => [at, new Map(counts)]));
}
