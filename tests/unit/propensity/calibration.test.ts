import { describe, expect, test } from 'vitest';
import { normalCdf } from '#domain/mathematics/normal-distribution.ts';
import { binOf, calibrationHalfLife, emptyCalibration, mostBins } from '#domain/propensity/calibration.ts';
import { calibrated, identityMap, learnMap, startingMap } from '#domain/propensity/calibration-map.ts';
import { calibrationReport } from '#domain/propensity/calibration-report.ts';
import { featureVector } from '#domain/propensity/feature-vector.ts';
import { learn, type TrainingExample } from '#domain/propensity/learn.ts';
import { basePrior } from '#domain/propensity/prior.ts';
import { emptyRecord, posteriorOf, probability } from '#domain/propensity/propensity-model.ts';
import { randomOf } from '#scripts/world/random.ts';
import { areaUnderCurve, calibrationError } from '#support/propensity/prediction-quality.ts';

describe('a model’s record of its predictions', () => {
  test('is empty before the first response', () => {
    expect(calibrationReport(emptyCalibration)).toEqual({
      responses: 0,
      reliability: [],
      ece: undefined,
      auc: undefined,
      drift: { level: 0, slope: 0 },
    });
  });

  test('has the error and the area that the same predictions have one by one', () => {
    const random = randomOf(5);
    let record = emptyRecord;
    const seen: { predicted: number; response: boolean; weight: number }[] = [];
    const total = 4000;
    for (let index = 0; index < total; index += 1) {
      const features = featureVector([1 + random.below(6), 20 + random.below(3)]);
      const response = random.next() < 0.05 + 0.05 * ((features[0] ?? 0) % 6);
      const model = { record, prior: basePrior };
      const predicted = probability(posteriorOf(model, features));
      seen.push({ predicted, response, weight: 2 ** ((index + 1 - total) / calibrationHalfLife) });
      record = learn(model, [{ features, response, atMs: 0 }]);
    }
    const report = calibrationReport(record.calibration);
    expect(report.responses).toBeCloseTo(
      seen.reduce((sum, { weight }) => sum + weight, 0),
      6,
    );
    expect(report.auc).toBeCloseTo(areaUnderCurve(seen), 2);
    expect(Math.abs((report.ece ?? 1) - calibrationError(seen, 'equal mass'))).toBeLessThan(0.004);
    expect(report.reliability).toHaveLength(10);
    const [first, last] = [report.reliability[0], report.reliability.at(-1)];
    expect(first?.predicted).toBeLessThan(last?.predicted ?? 0);
    expect(first?.came).toBeLessThan(last?.came ?? 0);
  });

  test('tells a drift of the level by its sign, and rests when there is none', () => {
    const random = randomOf(9);
    const examples = (rate: number, count: number): TrainingExample[] =>
      Array.from({ length: count }, () => ({
        features: [1 + random.below(4)],
        response: random.next() < rate,
        atMs: 0,
      }));
    const calm = learn({ record: emptyRecord, prior: basePrior }, examples(0.1, 4000));
    expect(Math.abs(calibrationReport(calm.calibration).drift.level)).toBeLessThan(3);
    const risen = learn({ record: calm, prior: basePrior }, examples(0.4, 60));
    expect(calibrationReport(risen.calibration).drift.level).toBeGreaterThan(4);
    // A fall shows less than a rise: the model follows it within some dozen responses.
    const eager = learn({ record: emptyRecord, prior: basePrior }, examples(0.6, 4000));
    const fallen = learn({ record: eager, prior: basePrior }, examples(0.1, 100));
    expect(calibrationReport(fallen.calibration).drift.level).toBeLessThan(-2);
  });

  test.each([
    [1e-300, 0],
    [0, 0],
    [0.5, 50],
    [1, mostBins - 1],
  ])('puts %d into bin %d', (predicted, bin) => {
    expect(binOf(predicted)).toBe(bin);
  });
});

describe('the calibration map', () => {
  test('changes nothing without data', () => {
    const { mean, variance } = calibrated(identityMap, { mean: -1.3, variance: 0.2 });
    expect([mean, variance]).toEqual([expect.closeTo(-1.3, 12), 0.2]);
  });

  test('finds intercept and slope of predictions that are off', () => {
    const random = randomOf(3);
    let map = identityMap;
    for (let index = 0; index < 60_000; index += 1) {
      const z = -2.5 + 2.5 * random.next();
      map = learnMap(map, z, random.next() < normalCdf(0.3 + 0.7 * z), 1);
    }
    const at = (mean: number) => calibrated(map, { mean, variance: 0 }).mean;
    expect(at(0)).toBeCloseTo(0.3, 1);
    expect(at(0) - at(-1)).toBeCloseTo(0.7, 1);
  });

  test('comes back when what it learned fades', () => {
    let map = identityMap;
    for (let index = 0; index < 1000; index += 1) map = learnMap(map, -1, true, 1);
    const learned = calibrated(map, { mean: -1, variance: 0 }).mean;
    for (let index = 0; index < 4000; index += 1) map = learnMap(map, -1, (index * 7) % 44 < 7, 2 ** (-1 / 200));
    expect(learned).toBeGreaterThan(0);
    expect(calibrated(map, { mean: -1, variance: 0 }).mean).toBeCloseTo(-1, 1);
  });
});

describe('a calibration map before data', () => {
  test('says what is predicted, whether it begins to learn or not', () => {
    for (const mean of [-3, -1.2, 0, 1]) {
      expect(calibrated(startingMap, { mean, variance: 0.5 }).mean).toBeCloseTo(mean, 12);
      expect(calibrated(identityMap, { mean, variance: 0.5 }).mean).toBeCloseTo(mean, 12);
    }
  });

  test('lifts no rate where features mean nothing', () => {
    const excess = Array.from({ length: 6 }, (_, seed) => {
      const random = randomOf(seed + 1);
      const persons = Array.from({ length: 60 }, () =>
        Array.from({ length: 25 }, (_, index) => 10 + 10 * index + random.below(4)),
      );
      const examples = Array.from({ length: 1500 }, () => ({
        features: random.pick(persons),
        response: random.next() < 0.18,
        atMs: 0,
      }));
      const model = { record: learn({ record: emptyRecord, prior: basePrior }, examples), prior: basePrior };
      const came = examples.filter(({ response }) => response).length / examples.length;
      const expected = persons.map((features) => probability(posteriorOf(model, features)));
      return expected.reduce((sum, each) => sum + each, 0) / persons.length - came;
    });
    const mean = excess.reduce((sum, each) => sum + each, 0) / excess.length;
    console.log(`expected above what came, mean of ${excess.length} worlds: ${mean.toFixed(4)}`);
    expect(Math.abs(mean)).toBeLessThan(0.008);
  });
});
