import { dayMs } from '#domain/calendar/days.ts';
import { evidenceBetween } from '#domain/mathematics/normal.ts';
import { normalQuantile } from '#domain/mathematics/normal-distribution.ts';
import { truncationCorrections } from '#domain/mathematics/truncated-normal.ts';
import { binOf, calibrationHalfLife, correctResiduals, learnResiduals } from './calibration.ts';
import { calibrated, correctMap, learnMap } from './calibration-map.ts';
import type { FeatureVector } from './feature-vector.ts';
import { averagedWeight, type Draft, draftOf, normalOf, recordOf, rescale } from './learning-draft.ts';
import { biasFeature, populationFeature } from './prior.ts';
import { type ModelRecord, type PropensityModel, probability } from './propensity-model.ts';

/** One response of one customer to one presentation. */
export interface TrainingExample {
  readonly features: FeatureVector;
  readonly response: boolean;
  readonly atMs: number;
  /** The same presentation was learned as a negative response before; what that said is taken back. */
  readonly correctsNegative?: boolean;
  /** What was expected when it was decided to be shown, about which the negative taught; what others say by now is another thing. */
  readonly expected?: number | undefined;
}

/** How fast a model learns and forgets; half-lives of its evidence in responses and in days. */
export interface Dynamics {
  readonly halfLifeResponses: number;
  readonly halfLifeDays: number;
  /** Responses over which a weight's mean is averaged. */
  readonly averaging: number;
  /** Half-life of the calibration map, in responses. */
  readonly mapHalfLife: number;
}

/** See docs/adr/0015: chosen on data with and without drift. */
export const usualDynamics: Dynamics = {
  halfLifeResponses: 5000,
  halfLifeDays: 180,
  averaging: 500,
  mapHalfLife: 2000,
};

/**
 * The model's record after some examples, in their order: each is predicted first, for the calibration, and learned then.
 * The update is adPredictor's (Graepel et al. 2010, equations 8 to 11); older evidence fades back towards the prior by half-lives.
 */
export function learn(
  { record, prior }: PropensityModel,
  examples: readonly TrainingExample[],
  dynamics: Dynamics = usualDynamics,
): ModelRecord {
  const draft = draftOf(record, prior, dynamics);
  for (const example of examples) learnOne(draft, example);
  return recordOf(draft);
}

function learnOne(draft: Draft, example: TrainingExample): void {
  const { features, response, atMs, correctsNegative = false } = example;
  const active = features.length === 0 ? [] : [biasFeature, ...features];
  const known = features.length === 0 ? undefined : example.expected;
  if (correctsNegative) {
    if (active.length > 0) takeBackNegative(draft, active, known);
    takeBackNegative(draft, [populationFeature], undefined);
  } else {
    fade(draft, atMs);
  }
  if (active.length > 0) {
    if (correctsNegative) correctPrediction(draft, active, known);
    else predict(draft, active, response);
    update(draft, active, response);
  }
  update(draft, [populationFeature], response);
  // The weights' averages take this response in when they are next looked at.
  if (!correctsNegative) draft.responses += 1;
  if (response) draft.positives += 1;
}

/** Fades all evidence by a response and by the days since the latest one. */
function fade(draft: Draft, atMs: number): void {
  const { halfLifeResponses, halfLifeDays } = draft.dynamics;
  const days = draft.learnedAtMs === 0 ? 0 : Math.max(0, atMs - draft.learnedAtMs) / dayMs;
  draft.scale *= 2 ** -(1 / halfLifeResponses + days / halfLifeDays);
  draft.binScale *= 2 ** (-1 / calibrationHalfLife);
  draft.learnedAtMs = Math.max(draft.learnedAtMs, atMs);
  if (draft.scale < 1e-9 || draft.binScale < 1e-9) rescale(draft);
}

/** Compares what the model would have said with what came, and lets the calibration map learn from it. */
function predict(draft: Draft, active: readonly number[], response: boolean): void {
  const { z, predicted } = predictionOf(draft, active);
  const tally = tallyOf(draft, predicted);
  tally.responses += 1 / draft.binScale;
  tally.predicted += predicted / draft.binScale;
  if (response) tally.positives += 1 / draft.binScale;
  draft.recent = learnResiduals(draft.recent, predicted, response);
  draft.map = learnMap(draft.map, z, response, 2 ** (-1 / draft.dynamics.mapHalfLife));
}

/** Lets the calibration know that a yes came to what it took for a no: where it was predicted, not where it would be by now. */
function correctPrediction(draft: Draft, active: readonly number[], expected: number | undefined): void {
  const { z, predicted } = predictionOf(draft, active);
  tallyOf(draft, expected ?? predicted).positives += 1 / draft.binScale;
  draft.map = correctMap(draft.map, z, zThen(draft, expected));
  draft.recent = correctResiduals(draft.recent, expected ?? predicted);
}

/** What the model says by now: the z value of its score, and the calibrated probability. */
function predictionOf(draft: Draft, active: readonly number[]) {
  let mean = 0;
  let variance = 0;
  for (const index of active) {
    const weight = averagedWeight(draft, index);
    mean += weight.mean;
    variance += normalOf(draft, index).variance;
  }
  const predicted = probability(calibrated(draft.map, { mean, variance }));
  return { z: mean / Math.sqrt(1 + variance), predicted };
}

function tallyOf({ bins }: Draft, predicted: number) {
  const bin = binOf(predicted);
  const tally = bins.get(bin) ?? { responses: 0, positives: 0, predicted: 0 };
  bins.set(bin, tally);
  return tally;
}

/**
 * Turns the z value of what would be expected now into that of what was when a negative was learned. Where nobody says, it was no
 * more than came on the whole, with this yes.
 */
function zThen({ positives, responses }: Draft, expected: number | undefined): (now: number) => number {
  const z = normalQuantile(Math.min(Math.max(expected ?? (positives + 1) / Math.max(1, responses), 1e-6), 1 - 1e-6));
  return (now) => (expected === undefined ? Math.min(now, z) : z);
}

/** Moves every active weight to the moments of its posterior. */
function update(draft: Draft, active: readonly number[], response: boolean): void {
  for (const { index, before, after } of momentsAfter(draft, active, response)) {
    const weight = averagedWeight(draft, index);
    const { precision, shift } = evidenceBetween(before, after);
    weight.precision += precision / draft.scale;
    weight.shift += shift / draft.scale;
  }
}

/**
 * Takes back what a negative response said when so much was expected. A weight keeps no trace of single responses; what one would
 * say now must not be taken for it: the more is expected, the more a negative says, so that late yeses, each of which makes the
 * model expect more, would take back more than was ever said. Precision never falls below none.
 */
function takeBackNegative(draft: Draft, active: readonly number[], expected: number | undefined): void {
  for (const { index, before, after } of momentsAfter(draft, active, false, zThen(draft, expected))) {
    const weight = averagedWeight(draft, index);
    const { precision, shift } = evidenceBetween(before, after);
    weight.precision = Math.max(0, weight.precision - precision / draft.scale);
    weight.shift -= shift / draft.scale;
  }
}

/** The weights before and after a response, to a prediction whose z value is that of now unless another is made of it. */
function momentsAfter(
  draft: Draft,
  active: readonly number[],
  response: boolean,
  zOf: (now: number) => number = (now) => now,
) {
  const weights = active.map((index) => ({ index, before: normalOf(draft, index) }));
  const mean = weights.reduce((sum, { before }) => sum + before.mean, 0);
  const variance = 1 + weights.reduce((sum, { before }) => sum + before.variance, 0);
  const deviation = Math.sqrt(variance);
  const sign = response ? 1 : -1;
  const { v, w } = truncationCorrections(sign * zOf(mean / deviation));
  return weights.map(({ index, before }) => ({
    index,
    before,
    after: {
      mean: before.mean + ((sign * before.variance) / deviation) * v,
      variance: before.variance * (1 - (before.variance / variance) * w),
    },
  }));
}
