/** A normal distribution. */
export interface Normal {
  readonly mean: number;
  readonly variance: number;
}

/**
 * What data say about a weight, in natural parameters: `precision` is added to the prior's, and so is `shift`, the precision
 * times the mean. So evidence adds up, fades by a factor, and stays apart from the prior.
 */
export interface Evidence {
  readonly precision: number;
  readonly shift: number;
}

export const noEvidence: Evidence = { precision: 0, shift: 0 };

/** The prior after the evidence: Bayes' rule for normal distributions. */
export function withEvidence(prior: Normal, { precision, shift }: Evidence): Normal {
  const variance = 1 / (1 / prior.variance + precision);
  return { mean: (prior.mean / prior.variance + shift) * variance, variance };
}

/** The evidence that leads from one distribution to another. */
export function evidenceBetween(from: Normal, to: Normal): Evidence {
  return {
    precision: 1 / to.variance - 1 / from.variance,
    shift: to.mean / to.variance - from.mean / from.variance,
  };
}
