import { type Normal, withEvidence } from '#domain/mathematics/normal.ts';
import type { Tally } from './calibration.ts';
import { type CalibrationMap, startingMap } from './calibration-map.ts';
import type { Dynamics } from './learn.ts';
import type { Prior } from './prior.ts';
import type { ModelRecord, Weight } from './propensity-model.ts';

/** A draft of a record, to learn into. */
export function draftOf(record: ModelRecord, prior: Prior, dynamics: Dynamics): Draft {
  return {
    prior,
    dynamics,
    weights: new Map(
      [...record.weights].map(([index, own]) => [index, { ...own, prior: prior(index), averagedAt: record.responses }]),
    ),
    bins: new Map([...record.calibration.bins].map(([bin, tally]) => [bin, { ...tally }])),
    scale: 1,
    binScale: 1,
    map: record.responses === 0 ? startingMap : record.map,
    recent: record.calibration.recent,
    responses: record.responses,
    positives: record.positives,
    learnedAtMs: record.learnedAtMs,
  };
}

/** The record that a draft has become. */
export function recordOf(draft: Draft): ModelRecord {
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

/** A model while it learns. */
export interface Draft {
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

/** A weight while its model learns. */
export interface DraftWeight {
  readonly prior: Normal;
  /** Evidence in units of the draft's `scale`. */
  precision: number;
  shift: number;
  mean: number;
  /** The draft's response up to which `mean` is averaged. */
  averagedAt: number;
}

/** Writes the fading of all evidence into the evidence, before the numbers that hold it get too small. */
export function rescale(draft: Draft): void {
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

/** The weight's posterior now, not averaged. */
export function normalOf({ weights, prior, scale }: Draft, index: number): Normal {
  const own = weights.get(index);
  if (own === undefined) return prior(index);
  return withEvidence(own.prior, { precision: own.precision * scale, shift: own.shift * scale });
}

/**
 * The weight with its mean averaged up to now. A score has many weights and each moves as if alone, so that their sum follows the
 * latest few dozen responses; the average takes that noise out (Polyak and Juditsky 1992).
 */
export function averagedWeight(draft: Draft, index: number): DraftWeight {
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

/** Weights that a record keeps: those with the most evidence, so that its bytes stay below 40 KB. */
export const mostWeights = 2700;

function strongest(weights: ReadonlyMap<number, DraftWeight>): [number, DraftWeight][] {
  const byEvidence = [...weights].sort(([a, x], [b, y]) => y.precision - x.precision || a - b);
  return byEvidence.slice(0, mostWeights).sort(([a], [b]) => a - b);
}
