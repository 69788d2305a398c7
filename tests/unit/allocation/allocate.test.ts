import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CustomerOptions } from '#domain/allocation/customer-options.ts';
import type { Limits } from '#domain/allocation/resource.ts';
import { allocationStructures, customersOf, limitsOf } from '#scripts/bench/allocation-problems.ts';
import { highsAllocation } from '#scripts/bench/highs-allocation.ts';
import { randomOf } from '#scripts/world/random.ts';
import { addedUp, allocated } from '#support/allocated.ts';
import { anySmallProblem } from '#support/generators/any-allocation.ts';

/** An error of adding thousands of fractions in the order of the file. */
const rounding = 1 + 1e-9;

test.each(allocationStructures)(
  'comes within a thousandth of the linear program and passes no limit: %s',
  async (structure) => {
    const spec = { structure, customers: 2000, options: 5, seed: 3 };
    const limits = limitsOf(spec);
    const customers = [...customersOf(spec)];
    const { value, bound, options } = await allocated(limits, customers);
    const { value: added, uses } = addedUp(limits, customers, options);
    expect(added).toBeCloseTo(value, 6);
    for (const [name, limit] of Object.entries(limits)) expect(uses[name]).toBeLessThanOrEqual(limit * rounding);
    const highs = await highsAllocation(limits, customers);
    expect(value).toBeLessThanOrEqual(highs.value * rounding);
    // Each of many small budgets is a knapsack of its own, of which the linear program wastes nothing.
    expect(value / highs.value).toBeGreaterThanOrEqual(structure === 'manyBudgets' ? 0.998 : 0.999);
    expect(bound * rounding).toBeGreaterThanOrEqual(highs.value);
  },
);

/** The last two are large enough for a sample. */
const cutProblems = [
  ...allocationStructures.map((structure) => ({ structure, customers: 1000, options: 4, seed: 5 })),
  { structure: 'usual', customers: 20_000, options: 3, seed: 5 },
  { structure: 'allEqual', customers: 20_000, options: 3, seed: 5 },
] as const;

test.each(cutProblems)(
  'chooses the same whatever the chunks and wherever it is broken off: $structure, $customers customers',
  async (spec) => {
    const [limits, customers] = [limitsOf(spec), [...customersOf(spec)]];
    const { starts: once, ...whole } = await allocated(limits, customers, { customersAChunk: spec.customers });
    expect(once).toBe(1);
    for (const [part, chunksAtATime] of [[1 / 50], [1 / 3], [1 / 7, 3]] as const) {
      const customersAChunk = Math.ceil(part * spec.customers);
      const { starts, ...cut } = await allocated(limits, customers, {
        customersAChunk,
        ...(chunksAtATime === undefined ? {} : { chunksAtATime }),
      });
      expect(cut).toEqual(whole);
      if (chunksAtATime !== undefined) expect(starts).toBeGreaterThan(10);
    }
  },
);

test.each(allocationStructures)('is worth the same in another order of the customers: %s', async (structure) => {
  const spec = { structure, customers: 3000, options: 5, seed: 7 };
  const [limits, customers] = [limitsOf(spec), [...customersOf(spec)]];
  const { value } = await allocated(limits, customers);
  const random = randomOf(1);
  const shuffled = customers
    .map((customer) => ({ customer, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ customer }) => customer);
  for (const other of [customers.toReversed(), shuffled])
    expect(Math.abs((await allocated(limits, other)).value / value - 1)).toBeLessThan(1e-3);
});

test('passes no limit, takes nothing of no value, and its bound is one: what can be tried out', async () => {
  let [sum, optimum] = [0, 0];
  await fc.assert(
    fc.asyncProperty(anySmallProblem, async ({ limits, customers }) => {
      const { value, bound, options } = await allocated(limits, customers);
      const { uses, value: added } = addedUp(limits, customers, options);
      expect(added).toBeCloseTo(value, 6);
      for (const [name, limit] of Object.entries(limits)) expect(uses[name]).toBeLessThanOrEqual(limit);
      for (const [at, { options: own }] of customers.entries())
        if (options[at] !== undefined) expect(own.find(({ id }) => id === options[at])?.value).toBeGreaterThan(0);
      const best = optimumOf(limits, customers);
      expect(value).toBeLessThanOrEqual(best * rounding);
      expect(bound * rounding).toBeGreaterThanOrEqual(best);
      if (best > 0) [sum, optimum] = [sum + value / best, optimum + 1];
    }),
    { numRuns: 1000 },
  );
  expect(sum / optimum).toBeGreaterThan(0.99);
});

/** The most that can be had, by trying all. */
function optimumOf(limits: Limits, customers: readonly CustomerOptions[]): number {
  const [first, ...others] = customers;
  if (first === undefined) return 0;
  let best = optimumOf(limits, others);
  for (const { value, uses = {} } of first.options) {
    if (value <= 0) continue;
    const left = Object.fromEntries(Object.entries(limits).map(([name, limit]) => [name, limit - (uses[name] ?? 0)]));
    if (Object.values(left).every((amount) => amount >= 0)) best = Math.max(best, value + optimumOf(left, others));
  }
  return best;
}

test('prices what is scarce and nothing else, by what one more of it would bring', async () => {
  const spec = { structure: 'loose' as const, customers: 5000, options: 8, seed: 2 };
  const [limits, customers] = [limitsOf(spec), [...customersOf(spec)]];
  const { worths, options, value } = await allocated(limits, customers);
  const { uses } = addedUp(limits, customers, options);
  const names = Object.keys(limits);
  const scarce = names.filter((name) => (uses[name] ?? 0) > 0.99 * (limits[name] ?? 0));
  expect(scarce.length).toBeGreaterThan(0);
  expect(scarce.length).toBeLessThan(names.length);
  expect(names.filter((_, place) => worths[place] !== 0)).toEqual(scarce);
  const [name = ''] = scarce;
  const more = { ...limits, [name]: (limits[name] ?? 0) * 1.02 };
  const gained = (await allocated(more, customers)).value - value;
  expect(gained / ((worths[names.indexOf(name)] ?? 0) * 0.02)).toBeGreaterThan(0.8);
  expect(gained / ((worths[names.indexOf(name)] ?? 0) * 0.02)).toBeLessThan(1.2);
});

const one = (value: number, uses: Record<string, number> = {}) => ({ id: 't', value, uses });
const alike = (count: number, option: ReturnType<typeof one>) =>
  Array.from({ length: count }, (_, at) => ({ customer: `c${at}`, options: [option] }));

test.each<[string, Limits, CustomerOptions[], number]>([
  ['no customers', { budget: 1 }, [], 0],
  ['customers without options', { budget: 1 }, [{ customer: 'c', options: [] }], 0],
  ['no limits', {}, alike(10, one(2)), 20],
  ['a limit of nothing', { budget: 0 }, alike(10, one(2, { budget: 0.001 })), 0],
  ['a limit of nothing that is not used', { budget: 0 }, alike(10, one(2, { budget: 0 })), 20],
  ['nothing of value', { budget: 5 }, alike(10, one(0, { budget: 1 })), 0],
  ['losses', { budget: 5 }, alike(10, one(-1)), 0],
  ['one option too large', { budget: 5 }, alike(1, one(9, { budget: 5.1 })), 0],
  ['one option that just fits', { budget: 5 }, alike(1, one(9, { budget: 5 })), 9],
  ['thousands that are all alike', { calls: 1234 }, alike(5000, one(3, { calls: 1 })), 3702],
  ['thousands that are all alike in two limits', { a: 100, b: 70 }, alike(5000, one(1, { a: 1, b: 1 })), 70],
  ['tenths', { budget: 0.3 }, alike(5, one(1, { budget: 0.1 })), 3],
  ['minor units beside ones', { budget: 1e12, calls: 3 }, alike(9, one(1e9, { budget: 1e8, calls: 1 })), 3e9],
  ['tiny values and uses', { budget: 1e-15 }, alike(9, one(1e-18, { budget: 1e-16 })), 9e-18],
  ['a limit larger than what there is', { budget: Number.MAX_VALUE }, alike(9, one(1, { budget: 1e300 })), 9],
])('allocates where there is %s', async (_name, limits, customers, value) => {
  expect((await allocated(limits, customers)).value).toBeCloseTo(value, 12);
});

test('keeps a few kilobytes while prices are searched for', async () => {
  const spec = { structure: 'usual' as const, customers: 8000, options: 3, seed: 1 };
  const sizes: number[] = [];
  await allocated(limitsOf(spec), [...customersOf(spec)], {
    chunksAtATime: 1,
    hearProgress: ({ allocation }) => {
      if (allocation.stage === 'pricing') sizes.push(JSON.stringify(allocation).length);
    },
  });
  expect(sizes.length).toBeGreaterThan(100);
  expect(Math.max(...sizes)).toBeLessThan(4000);
});
