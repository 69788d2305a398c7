import { describe, expect, test } from 'vitest';
import { priorModel } from '#domain/propensity/inherited-prior.ts';
import { learn, type TrainingExample } from '#domain/propensity/learn.ts';
import { basePrior, biasFeature, populationFeature } from '#domain/propensity/prior.ts';
import {
  emptyRecord,
  type PropensityModel,
  posteriorOf,
  probability,
  weightOf,
} from '#domain/propensity/propensity-model.ts';

/** Whoever has feature 5 responds, whoever has feature 6 does not. */
const examples = (count: number): TrainingExample[] =>
  Array.from({ length: count }, (_, index) => ({
    features: [5 + (index % 2)],
    response: index % 2 === 0 && index % 3 === 0,
    atMs: 0,
  }));
/** The same with the features exchanged. */
const turned = (count: number) =>
  examples(count).map((example) => ({ ...example, features: example.features.map((each) => 11 - each) }));
const processed = (count: number, prior = basePrior): PropensityModel => ({
  record: learn({ record: emptyRecord, prior }, examples(count)),
  prior,
});
const known = processed(3000);
const newborn = (kin: Parameters<typeof priorModel>[0]): PropensityModel => ({
  record: emptyRecord,
  prior: priorModel(kin),
});

describe('a treatment without data', () => {
  test('has the base prior when nobody is kin', () => {
    const { prior } = newborn({});
    for (const feature of [biasFeature, 5, populationFeature]) expect(prior(feature)).toEqual(basePrior(feature));
  });

  test('starts near its kin, and less sure than they are', () => {
    const { prior } = newborn({ offer: known });
    for (const feature of [biasFeature, 5, 6, populationFeature]) {
      const [own, kin, base] = [prior(feature), weightOf(known, feature), basePrior(feature)];
      expect(own.variance).toBeGreaterThan(kin.variance);
      expect(own.variance).toBeLessThan(base.variance);
      expect(Math.abs(own.mean - kin.mean)).toBeLessThan(0.35 * Math.abs(base.mean - kin.mean));
    }
  });

  test('tells customers apart as its kin do, and knows everybody’s rate', () => {
    const model = newborn({ offer: known, channel: known });
    expect(probability(posteriorOf(model, [5]))).toBeGreaterThan(3 * probability(posteriorOf(model, [6])));
    expect(probability(posteriorOf(model, []))).toBeCloseTo(1 / 6, 1);
  });

  test('believes its offer more than its channel where they differ', () => {
    const opposite = { ...known, record: learn({ record: emptyRecord, prior: basePrior }, turned(3000)) };
    const middle = (weightOf(known, 5).mean + weightOf(opposite, 5).mean) / 2;
    expect(newborn({ offer: known, channel: opposite }).prior(5).mean).toBeGreaterThan(middle);
    expect(newborn({ offer: opposite, channel: known }).prior(5).mean).toBeLessThan(middle);
  });

  test('takes nothing from kin that know nothing', () => {
    const { prior } = newborn({ offer: processed(0), channel: processed(0) });
    for (const feature of [biasFeature, 5]) expect(prior(feature)).toEqual(basePrior(feature));
  });
});

test('own responses outweigh what kin say', () => {
  const prior = priorModel({ offer: known });
  const model = { record: learn({ record: emptyRecord, prior }, turned(6000)), prior };
  expect(probability(posteriorOf(model, [6]))).toBeGreaterThan(3 * probability(posteriorOf(model, [5])));
});
