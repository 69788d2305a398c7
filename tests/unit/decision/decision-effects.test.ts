import { expect, test } from 'vitest';
import { readCatalogue } from '#domain/catalogue/catalogue.ts';
import { emptyLedger } from '#domain/contact-policy/contact-ledger.ts';
import { newExposures, usesOf, worthOf } from '#domain/decision/decision-effects.ts';
import { decisionPlan } from '#domain/decision/decision-plan.ts';
import { saved } from '#support/builders/catalogue-items.ts';
import { decisionFacts, decisionTime, offersNamed, outcomes } from '#support/builders/decision.ts';

const challenged = saved('strategies', { challengers: [{ name: 'bold', share: 0.5 }] });
const items = (strategy: ReturnType<typeof saved>) => [
  ...offersNamed(['tv']).filter(({ kind }) => kind !== 'strategies'),
  strategy,
];
const alone = emptyLedger(['persona-1']);

function exposures(strategy: ReturnType<typeof saved>, ledger = alone, asksPerson = false) {
  const { decision } = outcomes(decisionFacts(items(strategy)));
  return newExposures(decision, decisionPlan(readCatalogue(items(strategy))), ledger, asksPerson);
}

const first = {
  strategyId: 'everywhere',
  personaId: 'persona-1',
  unitId: 'customer-1',
  atMs: decisionTime,
  isPerson: false,
};

test('a decision is the first exposure to a strategy that compares something', () => {
  expect(exposures(challenged)).toEqual([first]);
  expect(exposures(saved('strategies', { holdoutShare: 0.1 }))).toEqual([first]);
});

test('it is none to a strategy that is all champion’s, nor to one that the persona was exposed to before', () => {
  expect(exposures(saved('strategies'))).toEqual([]);
  expect(exposures(challenged, { ...alone, exposures: [{ ...first, atMs: 0 }] })).toEqual([]);
});

test('another persona’s exposure is not the persona’s own', () => {
  const others = { ...alone, exposures: [{ ...first, personaId: 'persona-2', atMs: 0 }] };
  expect(exposures(challenged, others)).toEqual([first]);
});

test('it is a person’s when a person was asked for, or somebody of several identifiers', () => {
  const isPerson = (...how: Parameters<typeof exposures>) => exposures(...how)[0]?.isPerson;
  expect(isPerson(challenged)).toBe(false);
  expect(isPerson(challenged, alone, true)).toBe(true);
  expect(isPerson(challenged, emptyLedger(['persona-1', 'persona-2']))).toBe(true);
});

test('a strategy at two placements is one exposure', () => {
  const both = [
    ...items(challenged),
    saved('placements', { placementId: 'web/footer' }),
    saved('treatments', { treatmentId: 'tv-footer', offerId: 'tv', placements: ['web/footer'] }),
  ];
  const { decision } = outcomes(decisionFacts(both), { placements: ['web/home-hero', 'web/footer'] });
  expect(newExposures(decision, decisionPlan(readCatalogue(both)), alone, false)).toEqual([first]);
});

test('what it takes of budgets, and what that is worth before their prices: P · C · V · L − cost, of what uses budgets', () => {
  const uses = [{ budgetId: 'mails', amount: 2 }];
  const scarce = [
    saved('placements', { limit: 3 }),
    saved('offer-groups'),
    saved('offers', { lever: 1.5 }),
    saved('treatments', { uses, costMinor: 30, contextWeight: '0.5', lever: 2 }),
    saved('offers', { offerId: 'free' }),
    saved('treatments', { treatmentId: 'free-hero', offerId: 'free' }),
    saved('offers', { offerId: 'recall', kind: 'mandatory', value: { amountMinor: 0, currency: 'EUR' } }),
    saved('treatments', { treatmentId: 'recall-hero', offerId: 'recall', uses, costMinor: 100 }),
  ];
  const { decision, shown } = outcomes(decisionFacts(scarce, { budgets: new Map([['mails', { left: 9, price: 7 }]]) }));
  expect(shown).toHaveLength(3);
  expect(usesOf(decision)).toEqual([...uses, ...uses]);
  // What must be shown at a loss takes nothing from what others are worth.
  expect(worthOf(decision)).toBeCloseTo(0.5 * 0.5 * 4000 * 3 - 30, 9);
});
