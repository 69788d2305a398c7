import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BudgetRecord, meanPrice, unusedBudget } from '#domain/budget/budget-record.ts';
import { logWorthOf, typicalWorth } from '#domain/budget/typical-worth.ts';

const limit = 100_000;
const leasedAt = (ticks: number, worthATick: number): BudgetRecord => ({
  ...unusedBudget,
  leased: ticks,
  logWorth: logWorthOf(ticks, ticks * worthATick),
});

test('nothing is typical while nothing was leased', () => {
  for (const each of [limit, 0]) expect(typicalWorth([unusedBudget, unusedBudget], each)).toBe(0);
});

test('what is leased is typically worth its geometric mean, with a hundredth of the limit at nothing', () => {
  const records = [leasedAt(10_000, 4), leasedAt(10_000, 9)];
  expect(typicalWorth(records, limit)).toBeCloseTo(1e-6 * Math.expm1(Math.log(6e6) * (20_000 / 21_000)), 9);
  expect(typicalWorth(records, 0)).toBeCloseTo(6, 5);
  expect(typicalWorth([leasedAt(1, 2)], 0)).toBeCloseTo(2, 5);
});

test('a record whose sum is below zero, as rounding leaves it, counts for nothing and never against another', () => {
  const negative = { ...unusedBudget, logWorth: -50 };
  expect(typicalWorth([leasedAt(1000, 5), negative], limit)).toBe(typicalWorth([leasedAt(1000, 5)], limit));
});

test('what a taking adds is never below zero, and the same for all that is worth more than the largest value', () => {
  expect([logWorthOf(0, 5), logWorthOf(7, 0), logWorthOf(7, -3), logWorthOf(7, 7e-7)]).toEqual([0, 0, 0, 0]);
  expect(logWorthOf(2, 2e-5)).toBeCloseTo(2 * Math.log(10), 9);
  expect(logWorthOf(2, 1e25)).toBe(logWorthOf(2, 1e300));
});

test('the mean price is what was priced over what was leased, and nothing where nothing was', () => {
  expect(meanPrice(unusedBudget)).toBe(0);
  expect(meanPrice({ ...unusedBudget, priced: 1e-9 })).toBe(0);
  expect(meanPrice({ ...unusedBudget, leased: 4, priced: -1e-9 })).toBe(0);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: limit }), fc.double({ min: 0, max: 1e9, noNaN: true }), (leased, price) => {
      expect(meanPrice({ ...unusedBudget, leased, priced: leased * price })).toBeCloseTo(price, 3);
    }),
  );
});
