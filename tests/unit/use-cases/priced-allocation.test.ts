import { expect, test } from 'vitest';
import type { AllocationProblem, CustomerChoices } from '#ports/allocation.ts';
import { customersOf, limitsOf } from '#scripts/bench/allocation-problems.ts';
import { addedUp, allocated } from '#support/allocated.ts';
import { allocate } from '#use-cases/campaign/allocate.ts';
import { pricedAllocation } from '#use-cases/campaign/priced-allocation.ts';
import { rereadAudience } from '#use-cases/campaign/reread-audience.ts';

const spec = { structure: 'usual' as const, customers: 2000, options: 4, seed: 1 };
const limits = limitsOf(spec);
const customers = [...customersOf(spec)].map(
  ({ customer, options }): CustomerChoices => ({
    customer,
    options: options.map(({ id, value, uses = {} }) => ({ id, value, uses })),
  }),
);
/** Chunks have numbers of their own: those that were assigned before are not among them. */
const chunks = Array.from({ length: 40 }, (_, at) => 7 * at);
const customersAt = (chunk: number) => customers.slice((50 * chunk) / 7, 50 * (chunk / 7 + 1));

test('assigns each chunk once and under its number, within the limits, what the allocation chooses', async () => {
  const assigned = new Map<number, ReadonlyMap<string, string>>();
  const problem: AllocationProblem = {
    limits,
    chunks,
    customersOf: async (chunk) => customersAt(chunk),
    assign: async (chunk, assignments) => {
      expect(assigned.has(chunk)).toBe(false);
      assigned.set(chunk, new Map(assignments.map(({ customer, option }) => [customer, option])));
    },
  };
  const { prices } = await pricedAllocation(problem);
  expect([...assigned.keys()].sort((a, b) => a - b)).toEqual(chunks);
  const options = chunks.flatMap((chunk) =>
    customersAt(chunk).map(({ customer }) => assigned.get(chunk)?.get(customer)),
  );
  const { uses } = addedUp(limits, customers, options);
  for (const [name, limit] of Object.entries(limits)) expect(uses[name]).toBeLessThanOrEqual(limit);
  const direct = await allocated(limits, customers);
  expect(options).toEqual(direct.options);
  expect(Object.keys(prices)).toEqual(Object.keys(limits));
  for (const [k, [name, limit]] of Object.entries(limits).entries())
    expect((prices[name] ?? 0) * limit).toBeCloseTo(direct.worths[k] ?? 0, 6);
});

test.each([0, 30_000, Number.POSITIVE_INFINITY])(
  'allocates the same when %d bytes are held and the rest is read again',
  async (mostBytes) => {
    const reads = new Map<number, number>();
    const audience = await rereadAudience(
      {
        limits,
        chunks,
        customersOf: async (chunk) => {
          reads.set(chunk, (reads.get(chunk) ?? 0) + 1);
          return customersAt(chunk);
        },
      },
      mostBytes,
    );
    const { progress } = await allocate(audience, () => {});
    expect(progress.value).toEqual((await directProgress()).value);
    const once = [...reads.values()].filter((count) => count === 1).length;
    if (mostBytes === 0) expect(once).toBe(0);
    else if (mostBytes === Number.POSITIVE_INFINITY) expect(once).toBe(chunks.length);
    else {
      expect(once).toBeGreaterThan(0);
      expect(once).toBeLessThan(chunks.length);
    }
  },
);

async function directProgress() {
  const problem = { limits, chunks: [0], customersOf: async () => customers };
  return (await allocate(await rereadAudience(problem, Number.POSITIVE_INFINITY), () => {})).progress;
}
