import { expect, test } from 'vitest';
import { compileSchedule } from '#local-cloud/services/eventbridge/schedule.ts';

const times = (expression: string, after: string, until: string) =>
  compileSchedule(expression)(Date.parse(after), Date.parse(until)).map((time) => new Date(time).toISOString());

test.each([
  ['cron(0 * * * ? *)', ['2026-03-01T11:00:00.000Z', '2026-03-01T12:00:00.000Z']],
  ['cron(30 11 * * ? *)', ['2026-03-01T11:30:00.000Z']],
  ['rate(40 minutes)', ['2026-03-01T10:40:00.000Z', '2026-03-01T11:20:00.000Z', '2026-03-01T12:00:00.000Z']],
  ['cron(0 0 * * ? *)', []],
])('%s fires at its times after one moment up to another', (expression, expected) => {
  expect(times(expression, '2026-03-01T10:00:00Z', '2026-03-01T12:00:00Z')).toEqual(expected);
});

test('a clock that is moved over years fires the last thousand times', () => {
  const fired = times('rate(1 day)', '2020-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
  expect([fired.length, fired.at(-1)]).toEqual([1000, '2026-01-01T00:00:00.000Z']);
});

test.each(['cron(0 0 1 * ? *)', 'rate(0.5 hours)', 'at(2026-01-01T00:00:00)'])(
  '%s is refused by name',
  (expression) => {
    expect(() => compileSchedule(expression)).toThrow(`Schedule ${expression} is not known to the local cloud`);
  },
);
