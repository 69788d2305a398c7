import { expect, test } from 'vitest';
import { Budget } from '#domain/budget/budget.ts';

const base = { budgetId: 'emails', unit: 'e-mails', limit: 100, period: 'day' };
const isTaken = (over: object) => Budget.safeParse({ ...base, ...over }).success;
const noon = '2026-03-10T12:00:00.000Z';
const pacedOver = (from: string, until: string) => ({ period: 'total', pacedOver: { from, until } });

test.each<[string, object, object]>([
  ['a limit of nothing', { limit: 0 }, { limit: -1 }],
  ['a limit of 10^15', { limit: 1e15 }, { limit: 1.001e15 }],
  ['a unit of 32 letters', { unit: 'u'.repeat(32) }, { unit: 'u'.repeat(33) }],
  ['a unit of one letter', { unit: 'u' }, { unit: ' ' }],
  ['a price of nothing', { shadowPrice: 0 }, { shadowPrice: -1 }],
  ['a price of 10^12', { shadowPrice: 1e12 }, { shadowPrice: 1.001e12 }],
  ['a span of a millisecond', pacedOver(noon, '2026-03-10T12:00:00.001Z'), pacedOver(noon, noon)],
  [
    'a span of its own',
    pacedOver(noon, '2026-04-10T12:00:00.000Z'),
    { ...pacedOver(noon, '2026-04-10T12:00:00.000Z'), period: 'day' },
  ],
])('a budget may have %s, and nothing past it', (_, last, past) => {
  expect([isTaken(last), isTaken(past)]).toEqual([true, false]);
});
