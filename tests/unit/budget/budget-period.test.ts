import { describe, expect, test } from 'vitest';
import { budgetPeriod, periodBefore } from '#domain/budget/budget-period.ts';

const at = (iso: string) => Date.parse(iso);
const minute = (ms: number) => (Number.isFinite(ms) ? new Date(ms).toISOString().replace(':00.000Z', '') : String(ms));

describe('the period of a budget', () => {
  test.each([
    ['day', 'UTC', '2026-03-10T00:00:00Z', '2026-03-10: 2026-03-10T00:00 to 2026-03-11T00:00'],
    ['day', 'Europe/Berlin', '2026-03-10T23:30:00Z', '2026-03-11: 2026-03-10T23:00 to 2026-03-11T23:00'],
    ['day', 'Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-29: 2026-03-28T23:00 to 2026-03-29T22:00'],
    ['day', 'Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-25: 2026-10-24T22:00 to 2026-10-25T23:00'],
    ['week', 'UTC', '2026-03-15T23:59:59Z', '2026-W11: 2026-03-09T00:00 to 2026-03-16T00:00'],
    ['week', 'UTC', '2027-01-01T12:00:00Z', '2026-W53: 2026-12-28T00:00 to 2027-01-04T00:00'],
    ['week', 'UTC', '2027-01-04T00:00:00Z', '2027-W01: 2027-01-04T00:00 to 2027-01-11T00:00'],
    ['month', 'America/New_York', '2026-03-01T04:59:59Z', '2026-02: 2026-02-01T05:00 to 2026-03-01T05:00'],
    ['month', 'America/New_York', '2026-12-31T12:00:00Z', '2026-12: 2026-12-01T05:00 to 2027-01-01T05:00'],
    // There is no midnight on that day: the clock goes from 23:59 to 01:00.
    ['day', 'America/Santiago', '2026-09-06T12:00:00Z', '2026-09-06: 2026-09-06T04:00 to 2026-09-07T03:00'],
    ['total', 'UTC', '2026-03-10T00:00:00Z', 'total: -Infinity to Infinity'],
  ] as const)('%s in %s at %s is %s', (period, timeZone, instant, expected) => {
    const { name, startMs, endMs } = budgetPeriod({ period, timeZone }, at(instant));
    expect(`${name}: ${minute(startMs)} to ${minute(endMs)}`).toBe(expected);
  });

  test('before one is the one that ended when it began', () => {
    const budget = { period: 'week', timeZone: 'UTC' } as const;
    expect(periodBefore(budget, budgetPeriod(budget, at('2027-01-05T00:00:00Z')))?.name).toBe('2026-W53');
    const total = { period: 'total', timeZone: 'UTC' } as const;
    expect(periodBefore(total, budgetPeriod(total, 0))).toBeUndefined();
  });
});
