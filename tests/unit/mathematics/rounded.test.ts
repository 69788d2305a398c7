import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounded } from '#domain/mathematics/rounded.ts';

const digits = fc.constantFrom(6 as const, 7 as const);

/** Numbers of every size, those that decisions have, and those that lie in the middle between two or next to it. */
const value = fc.oneof(
  fc.double(),
  fc.double({ min: -1e7, max: 1e7 }),
  fc.double({ min: 1e-7, max: 1 }),
  fc
    .tuple(
      fc.integer({ min: -20_000_000, max: 20_000_000 }),
      fc.integer({ min: -2, max: 12 }),
      fc.integer({ min: -3, max: 3 }),
    )
    .map(([whole, places, ulps]) => beside(whole / 2 / 10 ** places, ulps)),
  fc
    .tuple(fc.integer({ min: -7, max: 7 }), fc.integer({ min: -3, max: 3 }))
    .map(([power, ulps]) => beside(10 ** power, ulps)),
);

function beside(number: number, ulps: number): number {
  return number * (1 + ulps * Number.EPSILON);
}

test('gives the number that its decimal text of so many digits is', () => {
  fc.assert(
    fc.property(value, digits, (number, count) => {
      expect(rounded(number, count)).toBe(Number(number.toPrecision(count)));
    }),
    { numRuns: 20_000 },
  );
});
