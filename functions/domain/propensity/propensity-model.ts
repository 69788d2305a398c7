import { type Calibration, emptyCalibration } from './calibration.ts';
import { type CalibrationMap, calibrated, identityMap } from './calibration-map.ts';
import type { FeatureVector } from './feature-vector.ts';
import { type Evidence, type Normal, withEvidence } from './normal.ts';
import { normalCdf } from './normal-distribution.ts';
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
  let { mean, variance } = weightOf(model, biasFeature);
  for (const feature of features) {
    const weight = weightOf(model, feature);
    mean += weight.mean;
    variance += weight.variance;
  }
  return { mean, variance };
}

/** What is believed about a weight; its mean is averaged over the latest responses. */
export function weightOf({ record, prior }: PropensityModel, feature: number): Normal {
  const before = prior(feature);
  const own = record.weights.get(feature);
  return own === undefined ? before : { mean: own.mean, variance: withEvidence(before, own).variance };
}
