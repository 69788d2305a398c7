import { expect, test } from 'vitest';
import { amountOf, resourcesOf, ticksOf } from '#domain/allocation/resource.ts';

const resource = (limit: number) => {
  const [only] = resourcesOf({ only: limit });
  if (only === undefined) throw new Error('There is one limit');
  return only;
};

/** A limit, a use and how many of them fit. */
test.each([
  [0.3, 0.1, 3],
  [0.6, 0.1, 6],
  [1, 0.1, 10],
  [1000, 0.07, 14_285],
  [4.35, 0.87, 5],
  [1, 1 / 3, 2],
  [50, 1, 50],
  [49.999_999, 1, 49],
  [1e15, 1e14, 10],
  [1e-12, 1e-13, 10],
  [Number.MAX_VALUE, 1e308, 1],
  [Number.MIN_VALUE, 1, 0],
  [0, 1e-300, 0],
])('of %d there are so many uses of %d: %d', (limit, amount, uses) => {
  const { ticks, ...rest } = resource(limit);
  expect(Math.floor(ticks / ticksOf({ ticks, ...rest }, amount))).toBe(uses);
});

test('takes of a limit of nothing what takes nothing', () => {
  expect(ticksOf(resource(0), 0)).toBe(0);
});

test.each([0.3, 1, 49.99, 1000, 123_456.78, 1e12, 7e-9])('tells all of a limit of %d as that amount', (limit) => {
  expect(amountOf(resource(limit), resource(limit).ticks)).toBe(limit);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, -1])('refuses a limit of %d', (limit) => {
  expect(() => resource(limit)).toThrow(`The limit of only is ${limit}: expected a number from 0`);
});
