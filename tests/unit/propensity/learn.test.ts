import { describe, expect, test } from 'vitest';
import { noEvidence, withEvidence } from '#domain/mathematics/normal.ts';
import { normalCdf, normalPdf } from '#domain/mathematics/normal-distribution.ts';
import { calibrated } from '#domain/propensity/calibration-map.ts';
import { calibrationReport } from '#domain/propensity/calibration-report.ts';
import { learn, type TrainingExample, usualDynamics } from '#domain/propensity/learn.ts';
import { basePrior, biasFeature, populationFeature } from '#domain/propensity/prior.ts';
import {
  emptyRecord,
  type ModelRecord,
  type PropensityModel,
  posteriorOf,
  probability,
  scoreOf,
  weightOf,
} from '#domain/propensity/propensity-model.ts';
import { numericPosterior } from '#support/propensity/numeric-posterior.ts';

const fresh: PropensityModel = { record: emptyRecord, prior: basePrior };
const still = { ...usualDynamics, halfLifeResponses: 1e12, halfLifeDays: 1e12 };
const example = (over: Partial<TrainingExample> = {}): TrainingExample => ({
  features: [7],
  response: true,
  atMs: 0,
  ...over,
});
const processed = (examples: readonly TrainingExample[], dynamics = still, model = fresh): PropensityModel => ({
  ...model,
  record: learn(model, examples, dynamics),
});
const ownOf = (record: ModelRecord, feature: number) =>
  withEvidence(basePrior(feature), record.weights.get(feature) ?? noEvidence);

describe('one response', () => {
  test.each([true, false])('moves a lone weight to the moments of its posterior (%s)', (response) => {
    const { record } = processed([example({ features: [], response })]);
    const exact = numericPosterior(basePrior(populationFeature), [response]);
    const { mean, variance } = ownOf(record, populationFeature);
    expect(mean).toBeCloseTo(exact.mean, 9);
    expect(variance).toBeCloseTo(exact.variance, 9);
  });

  test('moves each of several weights as the paper’s equations say', () => {
    const { record } = processed([example({ features: [7, 9] })]);
    const weights = [biasFeature, 7, 9].map((feature) => ({ feature, ...basePrior(feature) }));
    const total = 1 + weights.reduce((sum, { variance }) => sum + variance, 0);
    const t = weights.reduce((sum, { mean }) => sum + mean, 0) / Math.sqrt(total);
    const v = normalPdf(t) / normalCdf(t);
    const w = v * (v + t);
    for (const { feature, mean, variance } of weights) {
      expect(ownOf(record, feature).mean).toBeCloseTo(mean + (variance / Math.sqrt(total)) * v, 12);
      expect(ownOf(record, feature).variance).toBeCloseTo(variance * (1 - (variance / total) * w), 12);
    }
  });

  test('makes the next one like it more probable, and only where its features hold', () => {
    const { record } = processed([example({ features: [7] })]);
    const p = (features: number[], of = record) => probability(scoreOf({ record: of, prior: basePrior }, features));
    expect(p([7])).toBeGreaterThan(p([7], emptyRecord));
    expect(weightOf({ record, prior: basePrior }, 9)).toEqual(basePrior(9));
  });
});

describe('many responses', () => {
  test('come within a hundredth of the exact posterior of one weight', () => {
    const responses = Array.from({ length: 400 }, (_, index) => index % 10 === 3);
    const { record } = processed(responses.map((response) => example({ features: [], response })));
    const exact = numericPosterior(basePrior(populationFeature), responses);
    const { mean, variance } = ownOf(record, populationFeature);
    expect(Math.abs(mean - exact.mean)).toBeLessThan(0.01);
    expect(variance / exact.variance).toBeCloseTo(1, 1);
  });

  // Means are averaged when they are looked at, over a window that grows with the first responses.
  test('learn the same in one batch and in several', () => {
    const examples = Array.from({ length: 60 }, (_, index) =>
      example({ features: [1 + (index % 5), 10 + (index % 3)], response: index % 4 === 0, atMs: index * 1e6 }),
    );
    const whole = processed(examples, usualDynamics);
    const parts = processed(examples.slice(20), usualDynamics, processed(examples.slice(0, 20), usualDynamics));
    for (const feature of [biasFeature, 1, 2, 10, populationFeature]) {
      expect(weightOf(parts, feature).variance).toBeCloseTo(weightOf(whole, feature).variance, 12);
      expect(weightOf(parts, feature).mean).toBeCloseTo(weightOf(whole, feature).mean, 3);
    }
  });

  test('give a customer of whom nothing is known everybody’s rate', () => {
    const examples = Array.from({ length: 3000 }, (_, index) =>
      example({ features: [1 + (index % 7)], response: index % 5 === 0 }),
    );
    expect(probability(posteriorOf(processed(examples, usualDynamics), []))).toBeCloseTo(0.2, 2);
  });
});

describe('forgetting', () => {
  const known = processed(Array.from({ length: 200 }, () => example({ features: [7], response: true, atMs: 1 })));
  const precision = (record: ModelRecord, feature: number) => record.weights.get(feature)?.precision ?? 0;

  test('halves the evidence of a weight in a half-life of responses that do not concern it', () => {
    const half = { ...still, halfLifeResponses: 50 };
    const others = Array.from({ length: 50 }, () => example({ features: [9], atMs: 1 }));
    const after = learn(known, others, half);
    expect(precision(after, 7) / precision(known.record, 7)).toBeCloseTo(0.5, 12);
  });

  test('halves it in a half-life of days', () => {
    const half = { ...still, halfLifeDays: 30 };
    const after = learn(known, [example({ features: [9], atMs: 1 + 30 * 86_400_000 })], half);
    expect(precision(after, 7) / precision(known.record, 7)).toBeCloseTo(0.5, 10);
  });

  test('widens the posterior towards the prior and never past it', () => {
    const others = Array.from({ length: 1000 }, () => example({ features: [9], atMs: 1 }));
    const after = { record: learn(known, others, { ...still, halfLifeResponses: 20 }), prior: basePrior };
    expect(weightOf(after, 7).variance).toBeGreaterThan(weightOf(known, 7).variance);
    expect(weightOf(after, 7).variance).toBeLessThanOrEqual(basePrior(7).variance);
  });

  test('does not mind a response that arrives late', () => {
    const after = learn(known, [example({ atMs: -5 * 86_400_000 })]);
    expect(after.learnedAtMs).toBe(known.record.learnedAtMs);
  });
});

describe('a correction', () => {
  const history = Array.from({ length: 300 }, (_, index) => example({ features: [3, 7], response: index % 9 === 0 }));
  const base = processed(history);

  test('leads where the positive response alone would have led', () => {
    const direct = processed([example({ features: [3, 7] })], still, base).record;
    const corrected = processed(
      [example({ features: [3, 7], response: false }), example({ features: [3, 7], correctsNegative: true })],
      still,
      base,
    ).record;
    const wrong = processed(
      [example({ features: [3, 7], response: false }), example({ features: [3, 7] })],
      still,
      base,
    ).record;
    for (const feature of [biasFeature, 3, 7, populationFeature]) {
      const step = Math.abs(ownOf(direct, feature).mean - ownOf(wrong, feature).mean);
      expect(Math.abs(ownOf(direct, feature).mean - ownOf(corrected, feature).mean)).toBeLessThan(step / 10);
    }
  });

  test('leaves calibration and drift as the positive response alone would have left them', () => {
    const direct = processed([example({ features: [3, 7] })], still, base).record;
    const corrected = processed(
      [example({ features: [3, 7], response: false }), example({ features: [3, 7], correctsNegative: true })],
      still,
      base,
    ).record;
    const lineAt = ({ map }: ModelRecord, z: number) => calibrated(map, { mean: z, variance: 0 }).mean;
    for (const z of [-2, -1, 0]) {
      const step = Math.abs(lineAt(direct, z) - lineAt(base.record, z));
      expect(Math.abs(lineAt(direct, z) - lineAt(corrected, z))).toBeLessThan(step / 10);
    }
    const driftOf = ({ calibration }: ModelRecord) => calibrationReport(calibration).drift;
    expect(driftOf(corrected).level).toBeCloseTo(driftOf(direct).level, 1);
    expect(driftOf(corrected).slope).toBeCloseTo(driftOf(direct).slope, 1);
  });

  test('counts as one response', () => {
    const { record } = processed([example({ response: false }), example({ correctsNegative: true })]);
    expect([record.responses, record.positives]).toEqual([1, 1]);
  });
});
