import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { dynamoBudgets } from '#adapters/budgets-table/dynamo-budgets.ts';
import { MemoryBudgets } from '#adapters/in-memory/memory-budgets.ts';
import type { LeaseRequest } from '#domain/budget/lease.ts';
import type { BudgetStore } from '#ports/budget-store.ts';
import { startTestTable, type TestTable } from '#support/local-dynamodb.ts';

vi.setConfig({ testTimeout: 240_000 });

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table[Symbol.asyncDispose]());

let count = 0;
const freshId = () => `budget-${count++}`;
const request = (budgetId: string, over: Partial<LeaseRequest> = {}): LeaseRequest => ({
  budgetId,
  period: '2026-03-10',
  limit: 1000,
  priced: 0,
  logWorth: 0,
  struck: [],
  ...over,
});
const lease = (leaseId: string, ticks: number) => ({ lease: { leaseId, ticks } });

describe.each<[string, () => BudgetStore]>([
  ['in DynamoDB', () => dynamoBudgets(table.client, table.name)],
  ['in memory', () => new MemoryBudgets()],
])('budgets %s', (_, make) => {
  test('lease until the limit and refuse what is over it', async () => {
    const [store, id] = [make(), freshId()];
    expect((await store.lease(request(id, lease('a', 600)))).kind).toBe('leased');
    expect(await store.lease(request(id, lease('b', 401)))).toMatchObject({ kind: 'refused', record: { leased: 600 } });
    expect(await store.lease(request(id, { ...lease('c', 400), priced: 2.5, logWorth: 7 }))).toEqual({
      kind: 'leased',
      record: {
        leased: 1000,
        priced: 2.5,
        logWorth: 7,
        leases: new Map([
          ['a', 600],
          ['c', 400],
        ]),
      },
    });
  });

  test('refuse the first lease when it alone is over the limit', async () => {
    expect((await make().lease(request(freshId(), lease('a', 1001)))).kind).toBe('refused');
  });

  test('answer a repeated request as before, and change nothing', async () => {
    const [store, id] = [make(), freshId()];
    await store.lease(request(id, { ...lease('a', 600), logWorth: 5 }));
    const swap = request(id, {
      ...lease('b', 900),
      returned: { leaseId: 'a', ticks: 600, left: 500 },
      priced: 1,
      logWorth: 1,
    });
    const first = await store.lease(swap);
    expect(first).toMatchObject({
      kind: 'leased',
      record: { leased: 1000, logWorth: 6, leases: new Map([['b', 900]]) },
    });
    expect(await store.lease(swap)).toEqual(first);
    const back = request(id, { returned: { leaseId: 'b', ticks: 900, left: 300 } });
    const returned = await store.lease(back);
    expect(returned).toMatchObject({ kind: 'leased', record: { leased: 700, leases: new Map() } });
    expect(await store.lease(back)).toEqual(returned);
  });

  test('take back from a lease that was struck nothing', async () => {
    const [store, id] = [make(), freshId()];
    await store.lease(request(id, lease('dead', 300)));
    await store.lease(request(id, { ...lease('b', 100), struck: ['dead'] }));
    const late = request(id, { ...lease('c', 100), returned: { leaseId: 'dead', ticks: 300, left: 300 } });
    expect(await store.lease(late)).toMatchObject({
      kind: 'refused',
      record: { leased: 400, leases: new Map([['b', 100]]) },
    });
  });

  test('take back over a limit that was lowered meanwhile', async () => {
    const [store, id] = [make(), freshId()];
    await store.lease(request(id, lease('a', 800)));
    const lowered = { limit: 100 };
    expect((await store.lease(request(id, { ...lowered, ...lease('b', 1) }))).kind).toBe('refused');
    expect(
      await store.lease(request(id, { ...lowered, returned: { leaseId: 'a', ticks: 800, left: 750 } })),
    ).toMatchObject({ kind: 'leased', record: { leased: 50 } });
  });

  test('keep periods apart, and read them in the order asked for', async () => {
    const [store, id] = [make(), freshId()];
    await store.lease(request(id, { ...lease('a', 10), expiresAt: 1_800_000_000 }));
    await store.lease(request(id, { ...lease('b', 20), period: '2026-03-11' }));
    const periods = ['2026-03-12', '2026-03-11', '2026-03-10'].map((period) => ({ budgetId: id, period }));
    expect((await store.read(periods)).map((record) => record?.leased)).toEqual([undefined, 20, 10]);
    const many = Array.from({ length: 120 }, (_, index) => ({ budgetId: `${id}-${index}`, period: 'total' }));
    expect((await store.read([...many, ...periods])).filter((record) => record !== undefined)).toHaveLength(2);
    expect(await store.read([])).toEqual([]);
  });

  test('count decisions by the hour', async () => {
    const store = make();
    const day = `20${10 + count++}-01-01`;
    expect(await store.arrivals(day)).toBeUndefined();
    await Promise.all([
      store.countArrivals(day, 7, 2),
      store.countArrivals(day, 7, 3),
      store.countArrivals(day, 23, 1),
    ]);
    const counts = await store.arrivals(day);
    expect([counts?.length, counts?.[7], counts?.[23], counts?.[0]]).toEqual([24, 5, 1, 0]);
  });

  test('never lease more than the limit to many at once', async () => {
    const [store, id] = [make(), freshId()];
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => store.lease(request(id, lease(`l${index}`, 7)))),
    );
    expect(answers.filter(({ kind }) => kind === 'leased')).toHaveLength(142);
    expect((await store.read([{ budgetId: id, period: '2026-03-10' }]))[0]?.leased).toBe(994);
  });
});

test('both kinds of budgets answer any requests alike', async () => {
  const anyRequest = fc.record({
    leaseId: fc.option(fc.nat({ max: 5 })),
    ticks: fc.integer({ min: 1, max: 600 }),
    returnedId: fc.option(fc.nat({ max: 5 })),
    left: fc.nat({ max: 100 }),
    heldTicks: fc.constantFrom(100, 200),
    limit: fc.constantFrom(500, 1000),
    struck: fc.option(fc.nat({ max: 5 })),
  });
  const runs = Number(process.env.BUDGET_RUNS ?? 40);
  await fc.assert(
    fc.asyncProperty(fc.array(anyRequest, { maxLength: 12 }), async (steps) => {
      const id = freshId();
      const [real, memory] = [dynamoBudgets(table.client, table.name), new MemoryBudgets()];
      for (const step of steps) {
        const isSame =
          step.leaseId === step.returnedId || step.struck === step.returnedId || step.struck === step.leaseId;
        if (isSame || (step.leaseId === null && step.returnedId === null)) continue;
        const asked = request(id, {
          limit: step.limit,
          ...(step.leaseId === null ? {} : lease(`l${step.leaseId}`, step.ticks > 300 ? 200 : 100)),
          ...(step.returnedId === null
            ? {}
            : { returned: { leaseId: `l${step.returnedId}`, ticks: step.heldTicks, left: step.left } }),
          struck: step.struck === null ? [] : [`l${step.struck}`],
        });
        const [given, expected] = [await real.lease(asked), await memory.lease(asked)];
        expect({ ...given, leases: [...given.record.leases].sort() }).toEqual({
          ...expected,
          leases: [...expected.record.leases].sort(),
        });
        expect(given.record.leased).toBeLessThanOrEqual(1000);
      }
    }),
    { numRuns: runs },
  );
});
