import { describe, expect, test } from 'vitest';
import { budgetBlock, shadowCost } from '#domain/budget/budget-view.ts';
import { leaseSize, rateAfter } from '#domain/budget/lease-size.ts';
import { limitTicks, ticksOf } from '#domain/budget/ticks.ts';
import { budget } from '#support/builders/budget.ts';

describe('a lease', () => {
  test.each([
    ['is what is needed while the holder’s rate is not known', { rate: 0 }, 1000],
    ['is half a minute’s spending', { rate: 100 }, 3000],
    ['is at most a 250th of the limit', { rate: 1e6 }, 40_000],
    ['is at most a 16th of what is left', { rate: 1e6, remainder: 160_000 }, 10_000],
    ['is never less than what is needed', { rate: 1e6, remainder: 1000 }, 1000],
  ])('%s', (_, over, ticks) => {
    expect(leaseSize({ needed: 1000, limit: 10_000_000, remainder: 10_000_000, ...over })).toBe(ticks);
  });
});

describe('a holder’s rate', () => {
  test('comes to what is spent a second', () => {
    let rate = 0;
    for (let lease = 0; lease < 60; lease++) rate = rateAfter(rate, 500, 10_000);
    expect(rate).toBeCloseTo(50, 0);
  });

  test('is not taken from two decisions within a moment', () => {
    expect(rateAfter(0, 1000, 0)).toBeCloseTo(1000 / 120, 9);
    expect(rateAfter(0, 1000, 1)).toBeCloseTo(1000 / 120, 2);
  });
});

describe('ticks', () => {
  test('are thousandths, amounts rounded up and limits down', () => {
    expect([1, 0.1, 0.3, 2.5, 0.0001, 1.0004].map(ticksOf)).toEqual([1000, 100, 300, 2500, 1, 1001]);
    expect([100, 0.0019, 0].map((limit) => limitTicks(budget({ limit })))).toEqual([100_000, 1, 0]);
  });
});

describe('a treatment’s budgets', () => {
  const views = new Map([
    ['emails', { price: 5, left: 1 }],
    ['money', { price: 0.5, left: 99 }],
  ]);

  test('let it through when all have enough', () => {
    expect(
      budgetBlock(views, [
        { budgetId: 'emails', amount: 1 },
        { budgetId: 'money', amount: 99 },
      ]),
    ).toBeUndefined();
  });

  test('hold it back when one has not, or is not known', () => {
    expect(
      budgetBlock(views, [
        { budgetId: 'emails', amount: 1 },
        { budgetId: 'money', amount: 100 },
      ]),
    ).toEqual({
      reason: 'budget_exhausted',
      budgetId: 'money',
      detail: 'There is not enough left of money in this period.',
    });
    expect(budgetBlock(views, [{ budgetId: 'sms', amount: 1 }])?.reason).toBe('budget_unknown');
  });

  test('cost the sum of prices times amounts', () => {
    expect(
      shadowCost(views, [
        { budgetId: 'emails', amount: 2 },
        { budgetId: 'money', amount: 10 },
      ]),
    ).toBe(15);
  });
});
