import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaledOdds } from '#domain/mathematics/scaled-odds.ts';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const probability = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }));

test('adds up to the total wherever it can, and keeps what is certain, impossible or possible, and the order', () => {
  fc.assert(
    fc.property(
      fc.array(probability, { minLength: 1, maxLength: 40 }),
      fc.double({ min: 0.01, max: 40, noNaN: true }),
      (before, total) => {
        const after = scaledOdds(before, total);
        const certain = before.filter((value) => value === 1).length;
        const possible = before.filter((value) => value > 0).length;
        if (certain + 1e-3 < total && total < possible - 1e-3) expect(sum(after)).toBeCloseTo(total, 5);
        for (const [index, value] of before.entries()) {
          const now = after[index] ?? Number.NaN;
          expect([now === 0, value === 1 && now < 1]).toEqual([value === 0, false]);
          for (const [other, against] of before.entries()) {
            if (value < against) expect(now).toBeLessThanOrEqual(after[other] ?? Number.NaN);
          }
        }
      },
    ),
  );
});

test.each([
  [[0.6, 0.6], 1, [0.5, 0.5]],
  [[1, 0.7, 0.7], 2, [1, 0.5, 0.5]],
  [[0.2, 0.5], 1, [1 / 3, 2 / 3]],
])('makes of %j with the sum %d: %j', (before, total, expected) => {
  for (const [index, value] of scaledOdds(before, total).entries())
    expect(value).toBeCloseTo(expected[index] ?? Number.NaN, 9);
});

test('comes as near as it can to a sum that is out of reach', () => {
  expect(sum(scaledOdds([1, 1, 0.5], 2))).toBeCloseTo(2, 9);
  expect(sum(scaledOdds([0, 0.5, 0.5], 3))).toBeCloseTo(2, 9);
});
