import { type Evidence, type Normal, withEvidence } from '#domain/mathematics/normal.ts';
import { normalCdf } from '#domain/mathematics/normal-distribution.ts';
import { type Calibration, emptyCalibration } from './calibration.ts';
import { type CalibrationMap, calibrated, identityMap } from './calibration-map.ts';
import type { FeatureVector } from './feature-vector.ts';
import { biasFeature, type Prior, populationFeature } from './prior.ts';

/** A weight's own evidence, and its mean averaged over the model's latest responses. */
export interface Weight extends Evidence {
  readonly mean: number;
}

/** What a model has learned itself; its prior is not part of it. */
export interface ModelRecord {
  /** By feature. */
  readonly weights: ReadonlyMap<number, Weight>;
  readonly map: CalibrationMap;
  readonly calibration: Calibration;
  /** Responses ever, and those of them that were positive. */
  readonly responses: number;
  readonly positives: number;
  /** Time of the latest response, in epoch milliseconds. */
  readonly learnedAtMs: number;
}

/** A record with the prior that stands behind it. */
export interface PropensityModel {
  readonly record: ModelRecord;
  readonly prior: Prior;
}

export const emptyRecord: ModelRecord = {
  weights: new Map(),
  map: identityMap,
  calibration: emptyCalibration,
  responses: 0,
  positives: 0,
  learnedAtMs: 0,
};

/**
 * The distribution of a customer's latent score: the sum of the weights of the features that hold (Graepel et al. 2010,
 * "Web-scale Bayesian click-through rate prediction"), then calibrated. Of an empty vector it is everybody's.
 */
export function posteriorOf(model: PropensityModel, features: FeatureVector): Normal {
  if (features.length === 0) return weightOf(model, populationFeature);
  return calibrated(model.record.map, scoreOf(model, features));
}

/** The probability of a response: that the score and its noise of variance 1 are above zero. */
export function probability({ mean, variance }: Normal): number {
  return normalCdf(mean / Math.sqrt(1 + variance));
}

/** The sum of weights without calibration. */
export function scoreOf(model: PropensityModel, features: FeatureVector): Normal {
  const known = workedOut(model);
  let { mean, variance } = weightOf(model, biasFeature, known);
  for (const feature of features) {
    const weight = known.get(feature) ?? weightOf(model, feature, known);
    mean += weight.mean;
    variance += weight.variance;
  }
  return { mean, variance };
}

/** What is believed about a weight; its mean is averaged over the latest responses. */
export function weightOf(model: PropensityModel, feature: number, known = workedOut(model)): Normal {
  const found = known.get(feature);
  if (found !== undefined) return found;
  const before = model.prior(feature);
  const own = model.record.weights.get(feature);
  const weight = own === undefined ? before : { mean: own.mean, variance: withEvidence(before, own).variance };
  if (known.size >= mostWorkedOut) known.clear();
  known.set(feature, weight);
  return weight;
}

// A decision asks hundreds of models for the same few dozen weights, and the next one asks again.
const workedOutOf = new WeakMap<PropensityModel, Map<number, Normal>>();
const mostWorkedOut = 4000;

function workedOut(model: PropensityModel): Map<number, Normal> {
  const known = workedOutOf.get(model);
  if (known !== undefined) return known;
  const fresh = new Map<number, Normal>();
  workedOutOf.set(model, fresh);
  return fresh;
}
