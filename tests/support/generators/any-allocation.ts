import fc from 'fast-check';
import type { CustomerOptions } from '#domain/allocation/customer-options.ts';
import type { Limits } from '#domain/allocation/resource.ts';

/** A problem small enough to try all that could be chosen: amounts are whole, so that sums of them are exact. */
export const anySmallProblem: fc.Arbitrary<{ limits: Limits; customers: CustomerOptions[] }> = fc
  .record({
    limits: fc.dictionary(fc.constantFrom('budget', 'calls', 'email'), fc.nat(12)),
    scale: fc.constantFrom(1, 1e-9, 1e9),
    lists: fc.array(
      fc.array(
        fc.record({
          value: fc.oneof(fc.integer({ min: -2, max: 10 }), fc.constant(5)),
          uses: fc.tuple(fc.nat(6), fc.nat(3), fc.nat(1)),
        }),
        { maxLength: 3 },
      ),
      { maxLength: 7 },
    ),
  })
  .map(({ limits, scale, lists }) => ({
    limits,
    customers: lists.map((options, at) => ({
      customer: `c${at}`,
      options: options.map(({ value, uses: [budget, calls, email] }, place) => ({
        id: `t${place}`,
        value: value * scale,
        uses: Object.fromEntries(
          Object.entries({ budget, calls, email }).filter(([name]) => limits[name] !== undefined),
        ),
      })),
    })),
  }));
