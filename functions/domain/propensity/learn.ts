import { binOf, calibrationHalfLife, learnResiduals, type Tally } from './calibration.ts';
import { type CalibrationMap, calibrated, learnMap } from './calibration-map.ts';
import type { FeatureVector } from './feature-vector.ts';
import { evidenceBetween, type Normal, withEvidence } from './normal.ts';
import { biasFeature, type Prior, populationFeature } from './prior.ts';
import { type ModelRecord, type PropensityModel, probability, type Weight } from './propensity-model.ts';
import { truncationCorrections } from './truncated-normal.ts';

/** One response of one customer to one presentation. */
export interface Lesson {
  readonly features: FeatureVector;
  readonly response: boolean;
  readonly atMs: number;
  /** The same presentation was learned as a negative response before; what that said is taken back. */
  readonly correctsNegative?: boolean;
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

/** Weights that a record keeps: those with the most evidence, so that its bytes stay below 40 KB. */
export const mostWeights = 2700;

/**
 * The model's record after some lessons, in their order: each is predicted first, for the calibration, and learned then.
 * The update is adPredictor's (Graepel et al. 2010, equations 8 to 11); older evidence fades back towards the prior by half-lives.
 */
export function learn(
  { record, prior }: PropensityModel,
  lessons: readonly Lesson[],
  dynamics: Dynamics = usualDynamics,
): ModelRecord {
  const draft = draftOf(record, prior, dynamics);
  for (const lesson of lessons) learnOne(draft, lesson);
  return recordOf(draft);
}

interface DraftWeight {
  readonly prior: Normal;
  /** Evidence in units of the draft's `scale`. */
  precision: number;
  shift: number;
  mean: number;
  /** The draft's response up to which `mean` is averaged. */
  averagedAt: number;
}

interface Draft {
  readonly prior: Prior;
  readonly dynamics: Dynamics;
  readonly weights: Map<number, DraftWeight>;
  readonly bins: Map<number, { -readonly [Key in keyof Tally]: Tally[Key] }>;
  /** All evidence fades by the same factor at the same time: one number holds it for all weights. */
  scale: number;
  binScale: number;
  map: CalibrationMap;
  recent: ModelRecord['calibration']['recent'];
  responses: number;
  positives: number;
  learnedAtMs: number;
}

function draftOf(record: ModelRecord, prior: Prior, dynamics: Dynamics): Draft {
  return {
    prior,
    dynamics,
    weights: new Map(
      [...record.weights].map(([index, own]) => [index, { ...own, prior: prior(index), averagedAt: record.responses }]),
    ),
    bins: new Map([...record.calibration.bins].map(([bin, tally]) => [bin, { ...tally }])),
    scale: 1,
    binScale: 1,
    map: record.map,
    recent: record.calibration.recent,
    responses: record.responses,
    positives: record.positives,
    learnedAtMs: record.learnedAtMs,
  };
}

function learnOne(draft: Draft, { features, response, atMs, correctsNegative = false }: Lesson): void {
  const active = features.length === 0 ? [] : [biasFeature, ...features];
  if (correctsNegative) {
    if (active.length > 0) takeBackNegative(draft, active);
    takeBackNegative(draft, [populationFeature]);
  } else {
    fade(draft, atMs);
  }
  if (active.length > 0) {
    predict(draft, active, response, correctsNegative);
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
  const days = draft.learnedAtMs === 0 ? 0 : Math.max(0, atMs - draft.learnedAtMs) / 86_400_000;
  draft.scale *= 2 ** -(1 / halfLifeResponses + days / halfLifeDays);
  draft.binScale *= 2 ** (-1 / calibrationHalfLife);
  draft.learnedAtMs = Math.max(draft.learnedAtMs, atMs);
  if (draft.scale < 1e-9 || draft.binScale < 1e-9) rescale(draft);
}

function rescale(draft: Draft): void {
  for (const weight of draft.weights.values()) {
    weight.precision *= draft.scale;
    weight.shift *= draft.scale;
  }
  for (const tally of draft.bins.values()) {
    tally.responses *= draft.binScale;
    tally.positives *= draft.binScale;
    tally.predicted *= draft.binScale;
  }
  draft.scale = 1;
  draft.binScale = 1;
}

/** Compares what the model would have said with what came, and lets the calibration map learn from it. */
function predict(draft: Draft, active: readonly number[], response: boolean, correctsNegative: boolean): void {
  let mean = 0;
  let variance = 0;
  for (const index of active) {
    const weight = averagedWeight(draft, index);
    mean += weight.mean;
    variance += normalOf(draft, index).variance;
  }
  const predicted = probability(calibrated(draft.map, { mean, variance }));
  const bin = binOf(predicted);
  const tally = draft.bins.get(bin) ?? { responses: 0, positives: 0, predicted: 0 };
  draft.bins.set(bin, tally);
  if (response) tally.positives += 1 / draft.binScale;
  if (correctsNegative) return;
  tally.responses += 1 / draft.binScale;
  tally.predicted += predicted / draft.binScale;
  draft.recent = learnResiduals(draft.recent, predicted, response);
  const z = mean / Math.sqrt(1 + variance);
  draft.map = learnMap(draft.map, z, response, 2 ** (-1 / draft.dynamics.mapHalfLife));
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
 * Takes back what a negative response said: the evidence that it would give once more. A weight keeps no trace of single
 * responses; the difference is of the order of the evidence's square. Precision never falls below none.
 */
function takeBackNegative(draft: Draft, active: readonly number[]): void {
  for (const { index, before, after } of momentsAfter(draft, active, false)) {
    const weight = averagedWeight(draft, index);
    const { precision, shift } = evidenceBetween(before, after);
    weight.precision = Math.max(0, weight.precision - precision / draft.scale);
    weight.shift -= shift / draft.scale;
  }
}

function momentsAfter(draft: Draft, active: readonly number[], response: boolean) {
  const weights = active.map((index) => ({ index, before: normalOf(draft, index) }));
  const mean = weights.reduce((sum, { before }) => sum + before.mean, 0);
  const variance = 1 + weights.reduce((sum, { before }) => sum + before.variance, 0);
  const deviation = Math.sqrt(variance);
  const sign = response ? 1 : -1;
  const { v, w } = truncationCorrections((sign * mean) / deviation);
  return weights.map(({ index, before }) => ({
    index,
    before,
    after: {
      mean: before.mean + ((sign * before.variance) / deviation) * v,
      variance: before.variance * (1 - (before.variance / variance) * w),
    },
  }));
}

/** The weight's posterior now, not averaged. */
function normalOf({ weights, prior, scale }: Draft, index: number): Normal {
  const own = weights.get(index);
  if (own === undefined) return prior(index);
  return withEvidence(own.prior, { precision: own.precision * scale, shift: own.shift * scale });
}

/**
 * The weight with its mean averaged up to now. A score has many weights and each moves as if alone, so that their sum follows the
 * latest few dozen responses; the average takes that noise out (Polyak and Juditsky 1992).
 */
function averagedWeight(draft: Draft, index: number): DraftWeight {
  const known = draft.weights.get(index);
  if (known === undefined) {
    const prior = draft.prior(index);
    const fresh = { prior, precision: 0, shift: 0, mean: prior.mean, averagedAt: draft.responses };
    draft.weights.set(index, fresh);
    return fresh;
  }
  const window = Math.max(1, Math.min(draft.dynamics.averaging, 0.3 * draft.responses));
  const { mean } = normalOf(draft, index);
  known.mean = mean + (known.mean - mean) * Math.exp(-(draft.responses - known.averagedAt) / window);
  known.averagedAt = draft.responses;
  return known;
}

function recordOf(draft: Draft): ModelRecord {
  for (const index of draft.weights.keys()) averagedWeight(draft, index);
  rescale(draft);
  const { weights, bins, map, recent, responses, positives, learnedAtMs } = draft;
  return {
    weights: new Map(
      strongest(weights).map(([index, { precision, shift, mean }]): [number, Weight] => [
        index,
        { precision, shift, mean },
      ]),
    ),
    map,
    calibration: { bins, recent },
    responses,
    positives,
    learnedAtMs,
  };
}

function strongest(weights: ReadonlyMap<number, DraftWeight>): [number, DraftWeight][] {
  const byEvidence = [...weights].sort(([a, x], [b, y]) => y.precision - x.precision || a - b);
  return byEvidence.slice(0, mostWeights).sort(([a], [b]) => a - b);
}
