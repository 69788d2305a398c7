import { expect, test } from 'vitest';
import { calibrationReport } from '#domain/propensity/calibration-report.ts';
import { learn, type TrainingExample } from '#domain/propensity/learn.ts';
import { basePrior } from '#domain/propensity/prior.ts';
import { emptyRecord, posteriorOf, probability } from '#domain/propensity/propensity-model.ts';
import { randomOf } from '#scripts/world/random.ts';

const presentations = 6000;
const persons = Array.from({ length: 35 }, (_, index) => [10 + (index % 7), 30 + (index % 5)]);

/**
 * Presentations at a true rate, as they are learned until the last. Each yes comes so many presentations later on average, when its
 * silence was long taken for a no; 0 for at once.
 */
function responses(rate: number, meanDelay: number): TrainingExample[] {
  const random = randomOf(11);
  const timed = Array.from({ length: presentations }, (_, place): [place: number, TrainingExample][] => {
    const features = persons[random.below(persons.length)] ?? [];
    const isYes = random.next() < rate;
    const delay = 2 * meanDelay * random.next();
    const example = { features, response: isYes && meanDelay === 0, atMs: 0 };
    const correction = { features, response: true, atMs: 0, correctsNegative: true };
    return isYes && meanDelay > 0
      ? [
          [place, example],
          [place + delay, correction],
        ]
      : [[place, example]];
  });
  return timed
    .flat()
    .filter(([place]) => place < presentations)
    .sort(([a], [b]) => a - b)
    .map(([, example]) => example);
}

function learned(rate: number, meanDelay: number) {
  const model = {
    record: learn({ record: emptyRecord, prior: basePrior }, responses(rate, meanDelay)),
    prior: basePrior,
  };
  const expected = persons.map((features) => probability(posteriorOf(model, features)));
  const { responses: weight, reliability } = calibrationReport(model.record.calibration);
  const came = reliability.reduce((sum, point) => sum + point.came * point.responses, 0) / weight;
  return { expected: expected.reduce((sum, each) => sum + each, 0) / expected.length, came };
}

test.each([0.02, 0.18, 0.5, 0.9])('expects what is true though every yes comes after its no: a rate of %d', (rate) => {
  const atOnce = learned(rate, 0);
  const afterAll = [1, 50, 250].map((meanDelay) => learned(rate, meanDelay));
  console.log(
    `true ${rate}, told at once ${atOnce.expected.toFixed(4)}, after all`,
    afterAll.map((each) => each.expected.toFixed(4)).join(' '),
  );
  for (const { expected, came } of afterAll) {
    expect(Math.abs(expected - rate)).toBeLessThan(0.03);
    expect(Math.abs(came - rate)).toBeLessThan(0.05);
  }
});
