import { expect, test, vi } from 'vitest';
import { Budget } from '#domain/budget/budget.ts';
import { dayMs } from '#domain/calendar/days.ts';
import { type DayDecision, dayOf, firmOf } from '#scripts/budgets/decision-day.ts';
import { hindsightOptimum } from '#scripts/budgets/hindsight-optimum.ts';
import { flakyBudgets, replayDay } from '#scripts/budgets/replay-day.ts';

const decisions = Number(process.env.REPLAYED_DECISIONS ?? 10_000);
vi.setConfig({ testTimeout: 60_000 + decisions * 6 });

const firstDay = Date.UTC(2026, 2, 10);

test(`spends 20 budgets and 5 capacities over two days of ${decisions} decisions, passes none at any moment, and comes near hindsight`, async () => {
  const firm = firmOf(1, decisions);
  const store = flakyBudgets(1);
  const shares: number[] = [];
  for (const day of [0, 1]) {
    const moments = dayOf(firm, 1000 + day, firstDay + day * dayMs, decisions);
    const { worth, passed, spent } = await replayDay(firm.budgets, moments, store, 1 + day);
    const { upper, lower } = await hindsightOptimum(firm.budgets, moments, 5e-3);
    expect(passed).toBe(0);
    expect(Math.max(...spent.values())).toBeLessThanOrEqual(1);
    expect(lower).toBeLessThanOrEqual(upper);
    shares.push(worth / upper);
  }
  console.log(
    `share of the hindsight optimum: ${shares.map((share) => `${(100 * share).toFixed(2)} %`).join(', then ')}`,
  );
  expect(shares[0]).toBeGreaterThan(0.75);
  expect(shares[1]).toBeGreaterThan(0.95);
});

test('is far from hindsight when nothing is paced, so that pacing is what makes the difference', async () => {
  const { budgets, ...firm } = firmOf(1, 4000);
  const unpaced = budgets.map((budget) => ({ ...budget, pacing: 'none' as const }));
  const moments = dayOf({ budgets, ...firm }, 1001, firstDay, 4000);
  const { worth, passed } = await replayDay(unpaced, moments, flakyBudgets(1), 1);
  const { upper } = await hindsightOptimum(budgets, moments, 1e-2);
  expect(passed).toBe(0);
  expect(worth / upper).toBeLessThan(0.7);
});

test('finds the optimum of a day small enough to see it', async () => {
  const budgets = [Budget.parse({ budgetId: 'b', unit: 'u', limit: 3, period: 'day' })];
  const choice = (worth: number, amount: number) => ({ worth, uses: [{ budgetId: 'b', amount }] });
  const moments: DayDecision[] = [
    { atMs: 0, choices: [choice(10, 2), choice(6, 1)] },
    { atMs: 1, choices: [choice(8, 2)] },
    { atMs: 2, choices: [choice(1, 1), choice(-5, 0.1)] },
  ];
  // 6 for one unit, then two units at 4 each: 14.
  const { lower, upper } = await hindsightOptimum(budgets, moments, 1e-6);
  expect(lower).toBeCloseTo(14, 3);
  expect(upper).toBeCloseTo(14, 3);
});
