import { normalCdf } from '#domain/mathematics/normal-distribution.ts';
import { explorationDeviation, sampled } from '#domain/propensity/thompson.ts';
import type { Arbitration } from '#domain/strategy/variant.ts';
import type { Ordering } from './assignment.ts';
import type { Candidate, Weighing } from './candidate.ts';

/** A candidate in arbitration: its score is P · weight − offset with P = Φ(z), z normal with this mean and deviation. */
export interface Contender {
  readonly offerId: string;
  readonly weight: number;
  readonly offset: number;
  readonly mean: number;
  /** 0 where P does not vary. */
  readonly deviation: number;
  /** P when it does not vary. */
  readonly fixed: number;
  /** In [0, 1): settles ties, the higher one first. */
  readonly tie: number;
  /** Whether law demands it: then it comes before all others, whatever its score. */
  readonly isMandatory: boolean;
}

/** The contender that a candidate's numbers make under a way of ranking. */
export function contenderOf(
  candidate: Candidate,
  { posterior, propensity, context, valueMinor, lever, costMinor, uses }: Weighing,
  arbitration: Arbitration,
  order: Ordering,
  tie: number,
): Contender {
  const { usePropensity, useContext, useLevers, usePrices, exploration } = arbitration;
  const prices = usePrices ? uses.reduce((sum, { amount, price }) => sum + price * amount, 0) : 0;
  const worth = valueMinor * (useContext ? context : 1) * (useLevers ? lever : 1);
  const weight = order === 'propensity' ? 1 : worth;
  return {
    offerId: candidate.offerId,
    weight,
    offset: order === 'propensity' ? 0 : costMinor + prices,
    mean: posterior.mean,
    // What is worth nothing scores the same whatever P is.
    deviation: usePropensity && exploration === 'thompson' && weight > 0 ? explorationDeviation(posterior) : 0,
    fixed: usePropensity ? propensity : 1,
    tie,
    isMandatory: candidate.kind === 'mandatory',
  };
}

/** The score at `deviations` standard deviations from the mean of the latent score. */
export function scoreAt({ weight, offset, mean, deviation, fixed }: Contender, deviations: number): number {
  return (deviation === 0 ? fixed : normalCdf(mean + deviation * deviations)) * weight - offset;
}

/** P as it enters the score of a decision: a draw from the posterior that the decision and the treatment determine. */
export function drawnPropensity(
  { deviation, fixed }: Contender,
  posterior: Weighing['posterior'],
  seed: string,
): number {
  return deviation === 0 ? fixed : sampled(posterior, seed);
}
