import { expect, test } from 'vitest';
import { choiceProbabilities } from '#domain/decision/choice-probabilities.ts';
import type { Contender } from '#domain/decision/contender.ts';
import { withProbabilities } from '#domain/decision/with-probabilities.ts';
import { saved } from '#support/builders/catalogue-items.ts';
import { decisionFacts, offersNamed, outcomes, propensities } from '#support/builders/decision.ts';

const posteriors = {
  'a-hero': { mean: -1, variance: 0.5 },
  'b-hero': { mean: -0.8, variance: 0.2 },
  'c-hero': { mean: -1.5, variance: 1 },
  'a-other': { mean: -1, variance: 0.3 },
  'd-hero': { mean: -9, variance: 0.1 },
};
const items = (limit: number) => [
  ...offersNamed(['a', 'b', 'c', 'd']).filter(({ kind }) => kind !== 'placements'),
  saved('placements', { limit }),
  saved('treatments', { treatmentId: 'a-other', offerId: 'a', costMinor: 20 }),
];

test.each([1, 2])('are how often each treatment is shown, of %i at once', (limit) => {
  const decisions = 3000;
  const [shownOf, expected] = [new Map<string, number>(), new Map<string, number>()];
  const facts = decisionFacts(items(limit), { propensities: () => propensities(posteriors) });
  for (let index = 0; index < decisions; index += 1) {
    const { shown, decision } = outcomes({ ...facts, decisionId: `decision-${index}` });
    for (const id of shown) shownOf.set(id, (shownOf.get(id) ?? 0) + 1 / decisions);
    for (const { treatmentId, outcome } of withProbabilities(decision).placements[0]?.candidates ?? []) {
      expected.set(treatmentId, (expected.get(treatmentId) ?? 0) + (outcome?.probability ?? 0) / decisions);
    }
  }
  for (const id of Object.keys(posteriors)) {
    expect([id, Math.abs((shownOf.get(id) ?? 0) - (expected.get(id) ?? 0)) < 0.03]).toEqual([id, true]);
  }
  expect([...expected.values()].reduce((sum, part) => sum + part, 0)).toBeCloseTo(limit, 1);
});

test('of two that are alike add up to their one place, whatever is drawn', () => {
  const facts = decisionFacts(offersNamed(['a', 'b']), {
    propensities: () => propensities({ 'a-hero': { mean: -1, variance: 1 }, 'b-hero': { mean: -1, variance: 1 } }),
  });
  const sums = Array.from({ length: 300 }, (_, index) => {
    const { decision } = outcomes({ ...facts, decisionId: `decision-${index}` });
    const candidates = withProbabilities(decision).placements[0]?.candidates ?? [];
    return candidates.reduce((sum, { outcome }) => sum + (outcome?.probability ?? 0), 0);
  });
  expect(sums.filter((sum) => Math.abs(sum - 1) > 1e-9)).toEqual([]);
});

const steady = (over: Partial<Contender>): Contender => ({
  offerId: 'a',
  weight: 100,
  offset: 0,
  mean: 0,
  deviation: 0,
  fixed: 0.5,
  tie: 0,
  isMandatory: false,
  ...over,
});

test.each<[string, Partial<Contender>, number]>([
  ['exactly zero', { offset: 50 }, 1],
  ['just above zero', { offset: 49.999 }, 1],
  ['just below zero', { offset: 50.001 }, 0],
  ['below zero, where law demands it', { offset: 500, isMandatory: true }, 1],
])('are those of what never varies: a score %s', (_, over, probability) => {
  for (const limit of [1, 2]) expect(choiceProbabilities([steady(over)], limit, 'seed')).toEqual([probability]);
});

test('are 1 for the higher tie and 0 for the lower of two that never vary and score the same', () => {
  const rivals = [steady({ tie: 0.25 }), steady({ offerId: 'b', tie: 0.75 }), steady({ offerId: 'c', tie: 0.5 })];
  expect(choiceProbabilities(rivals, 1, 'seed')).toEqual([0, 1, 0]);
  expect(choiceProbabilities(rivals, 2, 'seed')).toEqual([0, 1, 1]);
});

test('are those of the places that mandatory offers leave', () => {
  const rivals = [
    steady({ offerId: 'law', isMandatory: true, fixed: 0 }),
    steady({ fixed: 0.4 }),
    steady({ offerId: 'b', fixed: 0.6 }),
  ];
  expect([1, 2, 3].map((limit) => choiceProbabilities(rivals, limit, 'seed'))).toEqual([
    [1, 0, 0],
    [1, 0, 1],
    [1, 1, 1],
  ]);
});

test('add up to the place that offers fill for certain, whatever else of theirs is hopeless', () => {
  const rivals = ['a', 'b'].flatMap((offerId) => [
    steady({ offerId, deviation: 0.7 }),
    steady({ offerId, deviation: 0.7, offset: 1000 }),
  ]);
  for (let seed = 0; seed < 20; seed += 1) {
    const sum = choiceProbabilities(rivals, 1, `seed ${seed}`).reduce((all, each) => all + each, 0);
    expect([seed, sum]).toEqual([seed, expect.closeTo(1, 9)]);
  }
});

test('are 1 for what is shown and 0 for the rest where nothing is drawn', () => {
  const { decision, shown } = outcomes(decisionFacts(offersNamed(['a', 'b'])));
  const of = Object.fromEntries(
    withProbabilities(decision).placements[0]?.candidates.map(({ treatmentId, outcome }) => [
      treatmentId,
      outcome?.probability,
    ]) ?? [],
  );
  expect([shown.length, of[shown[0] ?? ''], Object.values(of).sort()]).toEqual([1, 1, [0, 1]]);
});
