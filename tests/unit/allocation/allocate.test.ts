import { expect, test } from 'vitest';
import { allocationStructures, customersOf, limitsOf } from '#scripts/bench/allocation-problems.ts';
import { highsAllocation } from '#scripts/bench/highs-allocation.ts';
import { addedUp, allocated } from '#support/allocated.ts';

/** An error of adding thousands of fractions in the order of the file. */
const rounding = 1 + 1e-9;

test.each(allocationStructures)(
  'comes within a thousandth of the linear program and passes no limit: %s',
  async (structure) => {
    const spec = { structure, customers: 2000, options: 6, seed: 3 };
    const limits = limitsOf(spec);
    const customers = [...customersOf(spec)];
    const { value, bound, options } = await allocated(limits, customers);
    const { value: added, uses } = addedUp(limits, customers, options);
    expect(added).toBeCloseTo(value, 6);
    for (const [name, limit] of Object.entries(limits)) expect(uses[name]).toBeLessThanOrEqual(limit * rounding);
    const highs = await highsAllocation(limits, customers);
    expect(value).toBeLessThanOrEqual(highs.value * rounding);
    expect(value / highs.value).toBeGreaterThanOrEqual(structure === 'manyBudgets' ? 0.995 : 0.999);
    expect(bound / highs.value).toBeGreaterThan(1 / rounding);
  },
);
