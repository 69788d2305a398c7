import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectedShare, flatCurve } from '#domain/budget/arrival-curve.ts';
import { budgetPeriod } from '#domain/budget/budget-period.ts';
import { type BudgetRecord, unusedBudget } from '#domain/budget/budget-record.ts';
import { shadowPriceOfTick } from '#domain/budget/shadow-price.ts';
import { logWorthOf, typicalWorth } from '#domain/budget/typical-worth.ts';
import { budget } from '#support/builders/budget.ts';

const start = Date.UTC(2026, 2, 10);
const hourMs = 3_600_000;
const limit = 100_000;
const record = (leased: number, over: Partial<BudgetRecord> = {}): BudgetRecord => ({
  ...unusedBudget,
  leased,
  ...over,
});
/** Of ticks each of which was taken for so much. */
const worth = (ticks: number, each = 1) => ({ logWorth: logWorthOf(ticks, ticks * each) });
const before = record(limit, { priced: limit * 0.5, ...worth(limit) });

function price(
  hours: number,
  now: BudgetRecord,
  over: { before?: BudgetRecord | undefined; budget?: Parameters<typeof budget>[0] } = {},
) {
  const one = budget(over.budget);
  return shadowPriceOfTick(one, {
    period: budgetPeriod(one, start),
    record: now,
    before: 'before' in over ? over.before : before,
    arrivals: flatCurve,
    nowMs: start + hours * hourMs,
  });
}

describe('the shadow price', () => {
  test('begins at yesterday’s mean', () => {
    expect(price(0, unusedBudget)).toBeCloseTo(0.5, 12);
  });

  test('stays there while spending goes by the plan at that price', () => {
    expect(price(12, record(limit / 2, { priced: limit * 0.25 }))).toBeCloseTo(0.5, 12);
  });

  test('rises with what is spent ahead of the plan and falls behind it, by the same factor', () => {
    const ahead = price(12, record(limit * 0.51, { priced: limit * 0.255 }));
    const behind = price(12, record(limit * 0.49, { priced: limit * 0.245 }));
    expect(ahead / 0.5).toBeCloseTo(Math.exp(0.6), 9);
    expect(behind / 0.5).toBeCloseTo(Math.exp(-0.6), 9);
  });

  test('goes to the mean of what was paid today as the day goes on', () => {
    expect(price(24, record(limit, { priced: limit * 2, ...worth(limit) }))).toBeCloseTo((0.5 * 0.1 + 2) / 1.1, 9);
  });

  test('is guessed from worth where nothing is known of yesterday, and nothing before the first lease', () => {
    expect(price(0, unusedBudget, { before: undefined })).toBe(0);
    // Half of what is typical, once enough has been leased to say so.
    const typical = (share: number) => 1e-6 * Math.expm1(Math.log(40 * 1e6) * (share / (share + 0.01)));
    for (const share of [0.001, 0.01, 0.1]) {
      const known = record(limit * share, worth(limit * share, 40));
      const expected = (0.5 * typical(share) * 0.02) / (0.02 + share);
      expect(price(24 * share, known, { before: undefined })).toBeCloseTo(Math.max(expected, 0.01 * typical(share)), 9);
    }
  });

  test('is moved by a handful of customers of any value by no more than a stated factor, at any time and for long after', () => {
    const bound = Math.exp((37 * 5) / 10_000 / 0.01);
    fc.assert(
      fc.property(
        fc.array(fc.nat(599), { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0, max: 1e25, noNaN: true }),
        fc.double({ min: 1, max: 1e4, noNaN: true }),
        (places, value, usual) => {
          const pricesOf = (worthAt: (place: number) => number) => {
            let now = unusedBudget;
            return Array.from({ length: 600 }, (_, place) => {
              const tick = price((24 * place) / 10_000, now, { before: undefined });
              const ticks = limit / 10_000;
              const logWorth = now.logWorth + logWorthOf(ticks, worthAt(place) * ticks);
              now = record(now.leased + ticks, { priced: now.priced + tick * ticks, logWorth });
              return tick;
            });
          };
          const quiet = pricesOf(() => usual);
          const moved = pricesOf((place) => (places.includes(place) ? value : usual));
          for (const [place, tick] of moved.entries()) {
            if (place === 0) continue;
            // What nobody would notice: a thousandth of a minor unit for a whole unit.
            expect(tick).toBeLessThanOrEqual((quiet[place] ?? 0) * bound + 1e-6 * bound);
            expect(tick).toBeGreaterThanOrEqual((quiet[place] ?? 0) / bound - 1e-6);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  test('is next to nothing when a budget is far behind its plan', () => {
    expect(price(20, record(limit * 0.1, { priced: limit * 0.05 }))).toBeLessThan(1e-8);
  });

  test('is at most exp(20) times the mean price, and at least as small a part of it', () => {
    expect(price(0, record(limit, { priced: limit * 0.5, ...worth(limit) })) / 0.5).toBeCloseTo(Math.exp(20), 3);
    expect(price(24, unusedBudget) / 0.5).toBeCloseTo(Math.exp(-20), 15);
  });

  test('has a mean between a hundredth and a hundred times of what is typical, whatever was paid yesterday', () => {
    const typical = typicalWorth([before], limit);
    const paying = (paid: number) => price(0, unusedBudget, { before: { ...before, priced: limit * paid } });
    expect(paying(1e6)).toBeCloseTo(100 * typical, 9);
    expect(paying(1e-6)).toBeCloseTo(0.01 * typical, 9);
    expect(paying(50 * typical)).toBeCloseTo(50 * typical, 9);
  });

  test('is guessed from worth where nothing was leased yesterday either', () => {
    const known = record(limit * 0.1, worth(limit * 0.1, 40));
    expect(price(3, known, { before: unusedBudget })).toBe(price(3, known, { before: undefined }));
  });

  test('begins at yesterday’s mean even if a single tick was leased', () => {
    const tick = record(1, { priced: 2e-7, ...worth(1) });
    expect(price(0, unusedBudget, { before: tick })).toBeCloseTo(2e-7, 9);
  });

  test.each([
    ['that is not paced', { pacing: 'none' as const }],
    ['of nothing', { limit: 0 }],
    ['for all time', { period: 'total' as const, limit: 1e9 }],
  ])('of a budget %s is zero', (_, over) => {
    expect(price(12, record(50_000, worth(50_000, 20)), { budget: over, before: undefined })).toBe(0);
  });

  test('of a budget for all time goes by the plan for the time over which it is to be spent', () => {
    const day = (number: number) => new Date(start + number * 24 * hourMs).toISOString();
    const over = { period: 'total' as const, pacedOver: { from: day(-10), until: day(30) } };
    const priceOf = (leased: number) =>
      price(0, record(leased, { priced: leased, ...worth(leased) }), { budget: over, before: undefined });
    expect(priceOf(limit * 0.26) / priceOf(limit * 0.25)).toBeCloseTo(Math.exp(0.6), 1);
  });

  /** Days one after another on which a share of the limit is leased hour by hour, by treatments worth 1 a tick. */
  function daysOf(days: number, hourly: readonly number[]) {
    let yesterday: BudgetRecord | undefined;
    const seen: number[] = [];
    for (let day = 0; day < days; day += 1) {
      let today = unusedBudget;
      for (const [hour, share] of hourly.entries()) {
        const tick = price(hour, today, { before: yesterday });
        const ticks = limit * share;
        today = record(today.leased + ticks, {
          priced: today.priced + tick * ticks,
          logWorth: today.logWorth + logWorthOf(ticks, ticks),
        });
        seen.push(tick);
      }
      yesterday = today;
    }
    return { yesterday, seen };
  }

  test('comes back on the first day on which a budget is scarce again, after months of plenty', () => {
    const { yesterday } = daysOf(
      120,
      flatCurve.map(() => 0.5 / 24),
    );
    expect(price(3, record(limit * 0.25, worth(limit * 0.25)), { before: yesterday })).toBeGreaterThan(1);
  });

  test('stays a number that can be stored when offers that are shown at any price use up a budget each morning', () => {
    const { seen } = daysOf(
      5,
      flatCurve.map((_, hour) => (hour < 4 ? 0.25 : 0)),
    );
    expect(Math.max(...seen)).toBeLessThan(1e12);
    expect(seen.some((tick) => tick > 1000)).toBe(true);
  });
});

describe('the expected share of decisions', () => {
  const evening = flatCurve.map((_, hour) => (hour < 12 ? 0 : 100));

  test('follows the clock on a flat curve, and stays within 0 and 1', () => {
    const share = (hours: number) => expectedShare(flatCurve, start, start + 24 * hourMs, start + hours * hourMs);
    expect([-1, 0, 24, 30].map(share)).toEqual([0, 0, 1, 1]);
    expect(share(6)).toBeCloseTo(0.25, 12);
    expect(share(12.5)).toBeCloseTo(12.5 / 24, 12);
  });

  test('is all of it in a period of no time', () => {
    expect(expectedShare(flatCurve, start, start, start)).toBe(1);
    expect(expectedShare(evening, start, start, start - 1)).toBe(1);
  });

  test('follows the clock on a curve of a day on which nobody came', () => {
    const nobody = flatCurve.map(() => 0);
    expect(expectedShare(nobody, start, start + 24 * hourMs, start + 6 * hourMs)).toBeCloseTo(0.25, 12);
  });

  test('follows the decisions of a day on a curve', () => {
    const share = (hours: number) => expectedShare(evening, start, start + 24 * hourMs, start + hours * hourMs);
    expect(share(12)).toBeCloseTo((12 * 2.5) / (1200 + 24 * 2.5), 9);
    expect(share(18)).toBeCloseTo((12 * 2.5 + 6 * 102.5) / (1200 + 24 * 2.5), 9);
  });

  test('of a month counts its days alike', () => {
    const end = start + 30 * 24 * hourMs;
    expect(expectedShare(evening, start, end, start + 3 * 24 * hourMs)).toBeCloseTo(0.1, 9);
  });

  test('of a period in another zone begins at its own midnight', () => {
    const from = start - 9 * hourMs;
    const whole = expectedShare(evening, from, from + 24 * hourMs, from + 24 * hourMs);
    expect(whole).toBe(1);
    expect(expectedShare(evening, from, from + 24 * hourMs, start)).toBeCloseTo((9 * 102.5) / (1200 + 60), 9);
  });
});
