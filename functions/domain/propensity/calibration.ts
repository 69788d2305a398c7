import { normalQuantile } from '#domain/mathematics/normal-distribution.ts';

/** What was predicted before each response and what came, by z value of the prediction; older responses count less. */
export interface Calibration {
  /** By bin: responses, positive ones, and the sum of the predicted probabilities, each faded with age. */
  readonly bins: ReadonlyMap<number, Tally>;
  /** Of the newest some hundred responses only. */
  readonly recent: Residuals;
}

export interface Tally {
  readonly responses: number;
  readonly positives: number;
  readonly predicted: number;
}

/** Faded sums of what came less what was predicted, as such and times z; and the variances that chance gives these sums. */
export interface Residuals {
  readonly level: number;
  readonly levelVariance: number;
  readonly slope: number;
  readonly slopeVariance: number;
}

export const emptyCalibration: Calibration = {
  bins: new Map(),
  recent: { level: 0, levelVariance: 0, slope: 0, slopeVariance: 0 },
};

/** Bins are this wide on the z scale: a fifth of the probability at 1 %, a tenth at 20 %. */
const binWidth = 0.08;
const lowestZ = -4;
/** Bins that a model has at most; the last one starts at 98 %. */
export const mostBins = 76;

/** Responses after which one counts half. */
export const calibrationHalfLife = 5000;
const recentFade = 2 ** (-1 / 500);
const usualZ = -1;

/** The bin of a predicted probability. */
export function binOf(predicted: number): number {
  const bin = Math.floor((normalQuantile(predicted) - lowestZ) / binWidth);
  return Math.max(0, Math.min(mostBins - 1, bin));
}

/** The residuals after a response to a prediction. */
export function learnResiduals(residuals: Residuals, predicted: number, response: boolean): Residuals {
  const surprise = (response ? 1 : 0) - predicted;
  const chance = predicted * (1 - predicted);
  const lever = leverOf(predicted);
  return {
    level: residuals.level * recentFade + surprise,
    levelVariance: residuals.levelVariance * recentFade ** 2 + chance,
    slope: residuals.slope * recentFade + surprise * lever,
    slopeVariance: residuals.slopeVariance * recentFade ** 2 + chance * lever * lever,
  };
}

/** The residuals after a positive response to what they took for a negative one: it surprises by one more; chance stays what it was. */
export function correctResiduals(residuals: Residuals, predicted: number): Residuals {
  return { ...residuals, level: residuals.level + 1, slope: residuals.slope + leverOf(predicted) };
}

function leverOf(predicted: number): number {
  return normalQuantile(Math.min(Math.max(predicted, 1e-9), 1 - 1e-9)) - usualZ;
}
