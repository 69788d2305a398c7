import type { AudienceSize } from './audience-size.ts';

/** A sample is at most so many customers, for it is held in memory; so few are not sampled. */
const [largest, smallest] = [2 ** 17, 2000];
const times = 8;

/**
 * The parts of an audience over which prices are searched for, one after the other: each eight times the one before, and
 * at last the whole. What a small sample finds is near, and costs little.
 */
export function sampleShares({ customers }: AudienceSize): readonly number[] {
  const shares = [1];
  for (let share = Math.min(1 / times, largest / customers); share * customers > smallest; share /= times)
    shares.unshift(share);
  return shares;
}
