import { describe, expect, test } from 'vitest';
import { featureVector } from '#domain/propensity/feature-vector.ts';
import { learn, type TrainingExample } from '#domain/propensity/learn.ts';
import { mostWeights } from '#domain/propensity/learning-draft.ts';
import { decodeModel, encodeModel } from '#domain/propensity/model-codec.ts';
import { basePrior, biasFeature, populationFeature } from '#domain/propensity/prior.ts';
import { emptyRecord, posteriorOf } from '#domain/propensity/propensity-model.ts';
import { randomOf } from '#scripts/world/random.ts';

const random = randomOf(1);
const examples = (count: number, features: number): TrainingExample[] =>
  Array.from({ length: count }, (_, index) => ({
    features: featureVector(Array.from({ length: 20 }, () => 1 + random.below(features))),
    response: random.next() < 0.1,
    atMs: Date.UTC(2026, 0, 1) + index * 60_000,
  }));
const small = learn({ record: emptyRecord, prior: basePrior }, examples(300, 60));

describe('the bytes of a model', () => {
  test('are read back to what a propensity needs', () => {
    const read = decodeModel(encodeModel(small));
    expect(read).toMatchObject({
      responses: small.responses,
      positives: small.positives,
      learnedAtMs: small.learnedAtMs,
      map: small.map,
    });
    for (const { features } of examples(50, 60)) {
      const [before, after] = [small, read].map((record) => posteriorOf({ record, prior: basePrior }, features));
      expect(after?.mean).toBeCloseTo(before?.mean ?? Number.NaN, 5);
      expect(after?.variance).toBeCloseTo(before?.variance ?? Number.NaN, 6);
    }
  });

  test('are the same when they are written again', () => {
    const bytes = encodeModel(small);
    expect(encodeModel(decodeModel(bytes))).toEqual(bytes);
  });

  test('of a model without data are read back', () => {
    expect(decodeModel(encodeModel(emptyRecord))).toEqual(emptyRecord);
  });

  test('stay below 40 KB, whatever features came', () => {
    const large = learn({ record: emptyRecord, prior: basePrior }, examples(6000, 65_534));
    expect(large.weights.size).toBe(mostWeights);
    expect(large.weights.has(biasFeature) && large.weights.has(populationFeature)).toBe(true);
    expect(encodeModel(large).length).toBeLessThan(40_000);
  });

  test.each<[string, Uint8Array]>([
    ['of another version', Uint8Array.of(2, ...encodeModel(small).slice(1))],
    ['cut off in a weight', encodeModel(small).slice(0, -3)],
    ['cut off in the head', encodeModel(small).slice(0, 20)],
    ['none at all', new Uint8Array()],
  ])('are refused when they are %s', (_, bytes) => {
    expect(() => decodeModel(bytes)).toThrow(RangeError);
  });
});
