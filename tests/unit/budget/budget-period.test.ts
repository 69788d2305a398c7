import { describe, expect, test } from 'vitest';
import { budgetPeriod, periodBefore } from '#domain/budget/budget-period.ts';

const at = (iso: string) => Date.parse(iso);
const text = (ms: number) => (Number.isFinite(ms) ? new Date(ms).toISOString() : String(ms));
const periodOf = (period: 'day' | 'week' | 'month' | 'total', timeZone: string, instant: string) => {
  const { name, startMs, endMs } = budgetPeriod({ period, timeZone }, at(instant));
  return [name, text(startMs), text(endMs)];
};

describe('the period of a budget', () => {
  test.each([
    ['day', 'UTC', '2026-03-10T00:00:00Z', ['2026-03-10', '2026-03-10T00:00:00.000Z', '2026-03-11T00:00:00.000Z']],
    [
      'day',
      'Europe/Berlin',
      '2026-03-10T23:30:00Z',
      ['2026-03-11', '2026-03-10T23:00:00.000Z', '2026-03-11T23:00:00.000Z'],
    ],
    [
      'day',
      'Europe/Berlin',
      '2026-03-29T12:00:00Z',
      ['2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ],
    [
      'day',
      'Europe/Berlin',
      '2026-10-25T12:00:00Z',
      ['2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ],
    ['week', 'UTC', '2026-03-15T23:59:59Z', ['2026-W11', '2026-03-09T00:00:00.000Z', '2026-03-16T00:00:00.000Z']],
    ['week', 'UTC', '2027-01-01T12:00:00Z', ['2026-W53', '2026-12-28T00:00:00.000Z', '2027-01-04T00:00:00.000Z']],
    ['week', 'UTC', '2027-01-04T00:00:00Z', ['2027-W01', '2027-01-04T00:00:00.000Z', '2027-01-11T00:00:00.000Z']],
    [
      'month',
      'America/New_York',
      '2026-03-01T04:59:59Z',
      ['2026-02', '2026-02-01T05:00:00.000Z', '2026-03-01T05:00:00.000Z'],
    ],
    [
      'month',
      'America/New_York',
      '2026-12-31T12:00:00Z',
      ['2026-12', '2026-12-01T05:00:00.000Z', '2027-01-01T05:00:00.000Z'],
    ],
    ['total', 'UTC', '2026-03-10T00:00:00Z', ['total', '-Infinity', 'Infinity']],
  ] as const)('%s in %s at %s', (period, zone, instant, expected) => {
    expect(periodOf(period, zone, instant)).toEqual(expected);
  });

  test('before one is the one that ended when it began', () => {
    const budget = { period: 'week', timeZone: 'UTC' } as const;
    expect(periodBefore(budget, budgetPeriod(budget, at('2027-01-05T00:00:00Z')))?.name).toBe('2026-W53');
    const total = { period: 'total', timeZone: 'UTC' } as const;
    expect(periodBefore(total, budgetPeriod(total, 0))).toBeUndefined();
  });
});
