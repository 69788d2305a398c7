import * as z from 'zod';
import { sortedEntries } from '#domain/text/bounded-map.ts';
import type { Buckets, ReadonlyBuckets } from './calendar-buckets.ts';
import type { Span } from './span.ts';

/** Counts by name, as sorted tuples: no name can be mistaken for a property. */
export const storedCounts = z.array(z.tuple([z.string(), z.int()]));

/** Counts by bucket and name. */
export const storedBuckets = z.array(z.tuple([z.int(), storedCounts]));

/** Epoch milliseconds. */
export const storedTime = z.int().nullable();

export function bucketTuples(buckets: ReadonlyBuckets): [number, [string, number][]][] {
  return [...buckets].sort(([a], [b]) => a - b).map(([at, names]) => [at, sortedEntries(names)]);
}

export function bucketsOf(tuples: z.infer<typeof storedBuckets>): Buckets {
  return new Map(tuples.map(([at, names]) => [at, new Map(names)]));
}

export function spanTuple(span: Span | undefined): [number | null, number | null] {
  return [span?.first ?? null, span?.last ?? null];
}

export function spanOf(first: number | null, last: number | null): Span | undefined {
  return first === null || last === null ? undefined : { first, last };
}
