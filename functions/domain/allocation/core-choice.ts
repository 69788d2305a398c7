import type { AudienceChunk } from './audience-chunk.ts';
import type { AudienceSize } from './audience-size.ts';
import { lookClosely, type SeenCustomer } from './closeness.ts';

/** Options of so many customers are looked at together in the end, whatever the audience: some 6 MB. */
const mostOptions = 2 ** 16;
/** Closeness is counted in quarters of a power of two, from 2^-32 to 2^8. */
const [bucketsAPower, lowestPower, buckets] = [4, -32, 160];

/**
 * Which customers are in the core: those that are closest to taking something else, by resource, for they are what a limit that is
 * passed by a little or not reached is mended with at the least loss. The others take what is best at the prices. A core makes
 * large knapsacks small (Balas and Zemel, “An algorithm for large zero-one knapsack problems”, 1980; for multiple choice Pisinger, 1995).
 */
export interface CoreChoice {
  /** Buckets of closeness below which a customer is in the core, by resource. */
  readonly below: readonly number[];
}

/** Options by the bucket of their customer's closeness, by resource. */
export type ClosenessCounts = readonly (readonly number[])[];

export function noCloseness(resources: number): ClosenessCounts {
  return Array.from({ length: resources }, () => Array.from({ length: buckets }, () => 0));
}

/** Counts a chunk's closeness at prices a tick. */
export function countCloseness(chunk: AudienceChunk, prices: readonly number[]): ClosenessCounts {
  const counts = prices.map(() => new Float64Array(buckets));
  lookClosely(chunk, prices, ({ begin, end, closeness }) => {
    for (const [k, own] of counts.entries()) {
      const bucket = bucketOf(closeness[k] ?? 0);
      if (bucket < buckets) own[bucket] = (own[bucket] ?? 0) + end - begin;
    }
  });
  return counts.map((own) => [...own]);
}

export function addCloseness(one: ClosenessCounts, other: ClosenessCounts): ClosenessCounts {
  return one.map((own, k) => own.map((count, bucket) => count + (other[k]?.[bucket] ?? 0)));
}

/** The widest core that is not above its size; all customers of an audience that is no larger. */
export function chooseCore(counts: ClosenessCounts, { options }: AudienceSize): CoreChoice {
  const used = counts.filter((own) => own.some((count) => count > 0)).length;
  return {
    below: counts.map((own) => {
      if (options <= mostOptions) return buckets + 1;
      let left = mostOptions / used;
      const bucket = own.findIndex((count) => {
        left -= count;
        return left < 0;
      });
      return bucket < 0 ? buckets : bucket;
    }),
  };
}

/** Whether a customer that is seen at the prices is in the core. */
export function isInCore({ below }: CoreChoice, { closeness }: SeenCustomer): boolean {
  return below.some((bucket, k) => bucketOf(closeness[k] ?? 0) < bucket);
}

/** The bucket after the last is that of customers whom no price moves. */
function bucketOf(closeness: number): number {
  if (!(closeness < 2 ** (buckets / bucketsAPower + lowestPower))) return buckets;
  return Math.max(0, Math.floor((Math.log2(closeness) - lowestPower) * bucketsAPower));
}
