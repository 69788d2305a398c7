import type { Normal } from '#domain/mathematics/normal.ts';
import { normalCdf, normalQuantile } from '#domain/mathematics/normal-distribution.ts';
import { philox } from '#domain/mathematics/philox.ts';
import { hash32 } from '#domain/text/stable-hash.ts';

/**
 * A Thompson draw: the probability of a response if the score were one drawn from its narrowed posterior. The same posterior
 * and seed give the same draw for ever; the seed is the decision's id with the treatment's.
 */
export function sampled(posterior: Normal, seed: string): number {
  return normalCdf(posterior.mean + explorationDeviation(posterior) * normalQuantile(uniform(seed)));
}

/**
 * Standard deviation of the scores that are drawn. Narrower than the posterior's: its weights are believed to be independent,
 * which makes their sum look less certain than it is, and narrowing earns more (Chapelle and Li 2011, "An empirical evaluation of
 * Thompson sampling", section 4, posterior reshaping).
 */
export function explorationDeviation({ variance }: Normal): number {
  return Math.sqrt(varianceShare * variance);
}

const varianceShare = 0.5;

/** A number between 0 and 1, never either, that a text determines: 52 bits, in the middle of their interval. */
export function uniform(seed: string): number {
  const [high, low] = philox([hash32(seed, 0x243f6a88), 0], hash32(seed));
  return (high * 2 ** 20 + (low >>> 12) + 0.5) / 2 ** 52;
}
