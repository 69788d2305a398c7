import { expect, test } from 'vitest';
import { readItemFiles } from '#scripts/catalogue/item-files.ts';
import { answerTreatments } from '#scripts/world/answer-treatments.ts';
import type { Shown } from '#scripts/world/ask-for-treatments.ts';
import { exampleCatalogue } from '#scripts/world/load-catalogue.ts';
import { randomOf } from '#scripts/world/random.ts';
import { seededWorld } from '#scripts/world/seeded-world.ts';
import { trueRate, trueTastes } from '#scripts/world/true-rates.ts';
import { visitsIn } from '#scripts/world/visits-in.ts';

const { items } = readItemFiles(exampleCatalogue);
const idsOf = (kind: string) => items.filter((item) => item.kind === kind).map(({ id }) => id);
const plans = ['basic', 'plus', 'max'];
const atMs = Date.parse('2026-03-10T12:00:00Z');
const shown = (treatmentId: string, over: Partial<Shown> = {}): Shown => ({
  touchpoint: 'web',
  userId: 'u1',
  decisionId: '0195f0a0-0000-7000-8000-000000000000',
  treatmentId,
  ...over,
});

test('knows the truth of every treatment of the example catalogue, and of no other', () => {
  expect(Object.keys(trueTastes).sort()).toEqual(idsOf('treatments').sort());
});

test.each(Object.keys(trueTastes))('%s has its rate over the plans, which are equally frequent', (treatmentId) => {
  const mean = plans.reduce((sum, plan) => sum + trueRate(treatmentId, plan), 0) / plans.length;
  expect(mean).toBeCloseTo(trueTastes[treatmentId]?.rate ?? 0, 12);
  expect(Math.max(...plans.map((plan) => trueRate(treatmentId, plan)))).toBeLessThan(1);
});

test('refuses what it does not know instead of making up a rate', () => {
  expect(() => trueRate('none', 'basic')).toThrow(RangeError);
  expect(() => trueRate('tv-hero', 'gold')).toThrow(RangeError);
});

test.each(plans)('customers with plan %s say yes as often as is true', (plan) => {
  const count = 20_000;
  const all = Array.from({ length: count }, () => shown('tv-hero'));
  const { told } = answerTreatments(all, () => plan, atMs, randomOf(5));
  const share = told.filter(({ disposition }) => disposition === 'accepted').length / count;
  // Three standard deviations.
  expect(Math.abs(share - trueRate('tv-hero', plan))).toBeLessThan(3 * Math.sqrt(0.25 / count));
  expect(told.filter(({ disposition }) => disposition === 'presented')).toHaveLength(count);
});

test('a treatment has one answer at most, and on many there is none', () => {
  const all = Array.from({ length: 500 }, (_, index) =>
    shown('fibre-mail', { touchpoint: 'email', userId: `u${index}` }),
  );
  const { told } = answerTreatments(all, () => 'plus', atMs, randomOf(6));
  const final = Map.groupBy(
    told.filter(({ disposition }) => ['accepted', 'rejected', 'unsubscribed'].includes(disposition)),
    ({ shown: { userId } }) => userId,
  );
  expect(Math.max(...final.values().map((answers) => answers.length))).toBe(1);
  expect(final.size).toBeLessThan(200);
});

test('an order that follows names the decision and the treatment it came of', () => {
  const { orders } = answerTreatments(
    Array.from({ length: 200 }, () => shown('tv-hero')),
    () => 'max',
    atMs,
    randomOf(7),
  );
  expect(orders.length).toBeGreaterThan(10);
  expect(orders[0]?.message).toMatchObject({
    event: 'Order Completed',
    properties: { decision_id: shown('').decisionId, treatment_id: 'tv-hero', revenue: 14.5, currency: 'EUR' },
  });
});

test('touchpoints ask at placements that the catalogue has, at all of them but the e-mail’s', () => {
  const visits = visitsIn(seededWorld({ seed: 1, customers: 40, days: 42, endMs: atMs }));
  const asked = [...new Set(visits.map(({ placement }) => placement))].sort();
  expect(asked).toEqual(
    idsOf('placements')
      .filter((id) => id !== 'email/newsletter')
      .sort(),
  );
});
