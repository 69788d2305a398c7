import { expect, test } from 'vitest';
import type { Ordering } from '#domain/decision/assignment.ts';
import type { Weighing } from '#domain/decision/candidate.ts';
import { contenderOf, scoreAt } from '#domain/decision/contender.ts';
import { Arbitration } from '#domain/strategy/variant.ts';
import { decisionFacts, offersNamed, outcomes } from '#support/builders/decision.ts';

const weighing: Weighing = {
  posterior: { mean: 0, variance: 0 },
  propensity: 0.5,
  context: 0.25,
  valueMinor: 1000,
  currency: 'EUR',
  lever: 4,
  costMinor: 30,
  uses: [
    { budgetId: 'mails', amount: 2, price: 7 },
    { budgetId: 'minutes', amount: 1, price: 3 },
  ],
};
const [candidate] = outcomes(decisionFacts(offersNamed(['tv']))).decision.placements[0]?.candidates ?? [];

function scoreOf(over: Partial<Arbitration>, order: Ordering = 'score', weighed: Partial<Weighing> = {}) {
  if (candidate === undefined) throw new Error('The placement has one candidate');
  const arbitration = { ...Arbitration.parse({}), ...over };
  return scoreAt(contenderOf(candidate, { ...weighing, ...weighed }, arbitration, order, 0), 0);
}

test.each<[string, Partial<Arbitration>, number]>([
  ['all of it', {}, 0.5 * 0.25 * 1000 * 4 - 30 - 17],
  ['without P', { usePropensity: false }, 0.25 * 1000 * 4 - 30 - 17],
  ['without the context', { useContext: false }, 0.5 * 1000 * 4 - 30 - 17],
  ['without levers', { useLevers: false }, 0.5 * 0.25 * 1000 - 30 - 17],
  ['without prices', { usePrices: false }, 0.5 * 0.25 * 1000 * 4 - 30],
])('the score is, %s', (_, over, score) => {
  expect(scoreOf(over)).toBeCloseTo(score, 9);
});

test('ranked by P alone the score is P, whatever is gained and paid', () => {
  expect(scoreOf({}, 'propensity')).toBe(0.5);
  expect(scoreOf({}, 'propensity', { valueMinor: 0, costMinor: 1e6 })).toBe(0.5);
});

test('nothing is drawn for what is worth nothing, nor where the mean is asked for', () => {
  if (candidate === undefined) throw new Error('The placement has one candidate');
  const deviationOf = (valueMinor: number, over: Partial<Arbitration> = {}) => {
    const weighed = { ...weighing, posterior: { mean: 0, variance: 1 }, valueMinor };
    return contenderOf(candidate, weighed, { ...Arbitration.parse({}), ...over }, 'score', 0).deviation;
  };
  expect(deviationOf(1)).toBeGreaterThan(0);
  expect([deviationOf(0), deviationOf(-1), deviationOf(1, { exploration: 'mean' })]).toEqual([0, 0, 0]);
  expect(deviationOf(1, { usePropensity: false })).toBe(0);
});
