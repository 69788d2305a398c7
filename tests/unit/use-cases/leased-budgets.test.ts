import { describe, expect, test, vi } from 'vitest';
import { MemoryBudgets } from '#adapters/in-memory/memory-budgets.ts';
import type { Budget } from '#domain/budget/budget.ts';
import type { LeaseAnswer, LeaseRequest } from '#domain/budget/lease.ts';
import type { BudgetStore } from '#ports/budget-store.ts';
import { budget } from '#support/builders/budget.ts';
import { leasedBudgets } from '#use-cases/decide/leased-budgets.ts';

const start = Date.UTC(2026, 2, 10, 12);
const day = '2026-03-10';
const emails = budget({ pacing: 'none' });
const money = budget({ budgetId: 'money', unit: 'cents', limit: 1000, pacing: 'none' });
const one = [{ budgetId: 'emails', amount: 1 }];
const both = [...one, { budgetId: 'money', amount: 300 }];

let ids = 0;
const functionOver = (store: BudgetStore, patienceMs = 200) =>
  leasedBudgets(store, { newId: () => `${ids++}`, patienceMs });
const leasedOf = (store: MemoryBudgets, id = 'emails', period = day) =>
  store.records.get(`${id} ${period}`)?.leased ?? 0;
const openLeases = (store: MemoryBudgets) => [...(store.records.get(`emails ${day}`)?.leases.values() ?? [])];

/** Takes one thing until there is no more, at a pace. */
async function takeAll(store: MemoryBudgets, budgets: readonly Budget[], uses = one, stepMs = 1000) {
  const [holder, taken] = [functionOver(store), [] as number[]];
  for (let step = 0; step < 500; step++) {
    const now = start + step * stepMs;
    await holder.view(budgets, now);
    if ((await holder.take(uses, 0, now)).kind !== 'taken') break;
    taken.push(now);
  }
  return taken.length;
}

describe('a function that leases', () => {
  test('gets all of a budget and not one unit more', async () => {
    const store = new MemoryBudgets();
    expect(await takeAll(store, [emails])).toBe(100);
    expect(leasedOf(store)).toBe(100_000);
  });

  test('writes less often than it spends once it spends fast', async () => {
    const store = new MemoryBudgets();
    const many = budget({ limit: 100_000, pacing: 'none' });
    const holder = functionOver(store);
    for (let step = 0; step < 2000; step++) {
      const now = start + step * 10;
      await holder.view([many], now);
      await holder.take(one, 0, now);
    }
    expect(store.calls.leases).toBeLessThan(60);
    expect(leasedOf(store) / 1000).toBeLessThan(2000 + 401);
  });

  test('takes of several budgets all or nothing', async () => {
    const store = new MemoryBudgets();
    expect(await takeAll(store, [emails, money], both)).toBe(3);
    expect([leasedOf(store), leasedOf(store, 'money')]).toEqual([4000, 900_000]);
    const holder = functionOver(store);
    await holder.view([emails, money], start);
    expect(await holder.take(both, 0, start)).toEqual({ kind: 'short', budgetId: 'money' });
    // The e-mail that it had leased for this is there for the next.
    expect((await holder.take(one, 0, start)).kind).toBe('taken');
    expect(leasedOf(store)).toBe(5000);
  });

  test('adds up a budget that is named twice', async () => {
    const store = new MemoryBudgets();
    const holder = functionOver(store);
    await holder.view([money], start);
    const twice = [
      { budgetId: 'money', amount: 600 },
      { budgetId: 'money', amount: 600 },
    ];
    expect(await holder.take(twice, 0, start)).toEqual({ kind: 'short', budgetId: 'money' });
  });

  test('takes again what a decision gave back, without asking', async () => {
    const store = new MemoryBudgets();
    const holder = functionOver(store);
    await holder.view([emails], start);
    const taken = await holder.take(one, 5, start);
    if (taken.kind === 'taken') holder.giveBack(taken);
    expect((await holder.take(one, 5, start)).kind).toBe('taken');
    expect([store.calls.leases, leasedOf(store)]).toEqual([1, 1000]);
  });

  test('gives back what lies idle for a minute', async () => {
    const store = new MemoryBudgets();
    const holder = functionOver(store);
    await holder.view([emails], start);
    const taken = await holder.take(one, 0, start);
    if (taken.kind === 'taken') holder.giveBack(taken);
    await holder.view([emails], start + 30_000);
    expect(leasedOf(store)).toBe(1000);
    await holder.view([emails], start + 61_000);
    expect([leasedOf(store), openLeases(store)]).toEqual([0, []]);
  });

  test('that dies strands what it holds and no more', async () => {
    const store = new MemoryBudgets();
    const dying = functionOver(store);
    await dying.view([emails], start);
    const taken = await dying.take(one, 0, start);
    if (taken.kind === 'taken') dying.giveBack(taken);
    expect(await takeAll(store, [emails])).toBe(99);
  });

  test('begins a period with nothing of the one before', async () => {
    const store = new MemoryBudgets();
    const holder = functionOver(store);
    const tomorrow = start + 86_400_000;
    await holder.view([emails], start);
    const taken = await holder.take(one, 0, start);
    await holder.view([emails], tomorrow);
    if (taken.kind === 'taken') holder.giveBack(taken);
    await holder.take(one, 0, tomorrow);
    expect([leasedOf(store), leasedOf(store, 'emails', '2026-03-11')]).toEqual([1000, 1000]);
  });

  test('goes by other periods as soon as the catalogue says so', async () => {
    const store = new MemoryBudgets();
    const holder = functionOver(store);
    await holder.view([budget({ period: 'total', pacing: 'none' })], start);
    await holder.take(one, 0, start);
    await holder.view([emails], start + 1000);
    await holder.take(one, 0, start + 1000);
    expect([leasedOf(store, 'emails', 'total'), leasedOf(store)]).toEqual([1000, 1000]);
  });

  test('takes of the period that the decision is in, though it looked before midnight', async () => {
    const store = new MemoryBudgets();
    const holder = functionOver(store);
    const midnight = Date.UTC(2026, 2, 11);
    await holder.view([emails], midnight - 1);
    await holder.take(one, 0, midnight - 1);
    await holder.take(one, 0, midnight);
    expect([leasedOf(store), leasedOf(store, 'emails', '2026-03-11')]).toEqual([1000, 1000]);
  });

  test('on a clock that is set back over midnight gives nothing to the wrong day', async () => {
    const store = new MemoryBudgets();
    const holder = functionOver(store);
    const midnight = Date.UTC(2026, 2, 11);
    await holder.view([emails], midnight);
    const taken = await holder.take(one, 0, midnight);
    await holder.view([emails], midnight - 1);
    if (taken.kind === 'taken') holder.giveBack(taken);
    await holder.take(one, 0, midnight - 1);
    expect(leasedOf(store)).toBe(1000);
  });

  test('whose lease was struck as dead can spend it but gives nothing back', async () => {
    const store = new MemoryBudgets();
    const sleeper = functionOver(store);
    await sleeper.view([emails], start);
    const taken = await sleeper.take(one, 0, start);
    if (taken.kind === 'taken') sleeper.giveBack(taken);
    const later = start + 2 * 3_600_000;
    const other = functionOver(store);
    await other.view([emails], later);
    await other.take(one, 0, later);
    expect(openLeases(store)).toEqual([1000]);
    await sleeper.view([emails], later);
    expect(leasedOf(store)).toBe(2000);
    expect((await sleeper.take(one, 0, later)).kind).toBe('taken');
    expect(leasedOf(store)).toBe(3000);
  });
});

describe('answers that get lost', () => {
  /** A store that takes some lease calls and does not answer. */
  function losing(
    store: MemoryBudgets,
    isLost: (request: LeaseRequest, call: number) => 'before' | 'after' | undefined,
  ) {
    let calls = 0;
    const lease = async (request: LeaseRequest): Promise<LeaseAnswer> => {
      const lost = isLost(request, calls++);
      if (lost === 'before') throw new Error('lost');
      const answer = await store.lease(request);
      if (lost === 'after') throw new Error('lost');
      return answer;
    };
    return {
      read: store.read.bind(store),
      arrivals: store.arrivals.bind(store),
      countArrivals: store.countArrivals.bind(store),
      lease,
    };
  }

  test.each(['before', 'after'] as const)('%s the effect cost a try, not the budget', async (when) => {
    const store = new MemoryBudgets();
    const holder = functionOver(losing(store, (_, call) => (call === 0 ? when : undefined)));
    await holder.view([emails], start);
    expect(await holder.take(one, 0, start)).toEqual({ kind: 'short', budgetId: 'emails' });
    expect((await holder.take(one, 0, start)).kind).toBe('taken');
    expect(leasedOf(store)).toBe(1000);
  });

  test('never let more be spent than the limit, whichever are lost', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const store = new MemoryBudgets();
      const lossy = losing(store, (_, call) => ([undefined, undefined, 'before', 'after'] as const)[(call * seed) % 4]);
      const holders = [functionOver(lossy), functionOver(lossy), functionOver(lossy)];
      let taken = 0;
      for (let step = 0; step < 600; step++) {
        const now = start + step * 400;
        const holder = holders[(step * seed) % 3];
        await holder?.view([emails], now);
        const results = await Promise.all([holder?.take(one, 0, now), holder?.take(one, 0, now)]);
        taken += results.filter((result) => result?.kind === 'taken').length;
        expect(taken * 1000).toBeLessThanOrEqual(leasedOf(store));
      }
      expect(taken).toBeLessThanOrEqual(100);
      expect(taken).toBeGreaterThan(90);
    }
  });
});

describe('the view of a decision', () => {
  test('tells what is left, and the price that a budget sets itself', async () => {
    const store = new MemoryBudgets();
    const priced = budget({ budgetId: 'money', limit: 1000, shadowPrice: 0.25 });
    const holder = functionOver(store);
    expect(await holder.view([emails, priced], start)).toEqual(
      new Map([
        ['emails', { price: 0, left: 100 }],
        ['money', { price: 0.25, left: 1000 }],
      ]),
    );
    await holder.take(both, 0, start);
    expect((await holder.view([priced], start)).get('money')?.left).toBe(700);
  });

  test('rests on news that are at most 15 seconds old', async () => {
    const store = new MemoryBudgets();
    const [one_, other] = [functionOver(store), functionOver(store)];
    await one_.view([emails], start);
    await other.view([emails], start);
    await other.take(one, 0, start);
    expect((await one_.view([emails], start + 15_000)).get('emails')?.left).toBe(100);
    expect((await one_.view([emails], start + 15_001)).get('emails')?.left).toBe(99);
    expect(store.calls.reads).toBe(3);
  });

  test('leaves out budgets that cannot be read in time, and is there again when they can', async () => {
    const store = new MemoryBudgets();
    let isSilent = true;
    const silent: BudgetStore = {
      read: (keys) => (isSilent ? new Promise(() => undefined) : store.read(keys)),
      lease: (request) => (isSilent ? new Promise(() => undefined) : store.lease(request)),
      arrivals: () => Promise.resolve(undefined),
      countArrivals: () => Promise.resolve(),
    };
    const holder = functionOver(silent, 20);
    const began = performance.now();
    expect([...(await holder.view([emails], start))]).toEqual([]);
    expect(await holder.take(one, 0, start)).toEqual({ kind: 'short', budgetId: 'emails' });
    expect(performance.now() - began).toBeLessThan(1000);
    isSilent = false;
    expect((await holder.view([emails], start)).get('emails')?.left).toBe(100);
  });

  test('reads once for decisions that are made at the same time', async () => {
    const store = new MemoryBudgets();
    const holder = functionOver(store);
    const views = await Promise.all(Array.from({ length: 16 }, () => holder.view([emails, money], start)));
    expect(views.map((view) => [...view.keys()])).toEqual(Array(16).fill(['emails', 'money']));
    expect(store.calls.reads).toBe(1);
  });

  test('tells of a store that fails, when it reads and when it leases', async () => {
    const faults: unknown[] = [];
    const fails = () => Promise.reject(new Error('no such table'));
    const store = Object.assign(new MemoryBudgets(), { read: fails, lease: fails });
    const holder = leasedBudgets(store, {
      newId: () => 'one',
      onFault: (error) => void faults.push(error),
    });
    expect((await holder.view([emails], start)).size).toBe(0);
    expect(await holder.take(one, 0, start)).toEqual({ kind: 'short', budgetId: 'emails' });
    expect(faults).toEqual([new Error('no such table'), new Error('no such table')]);
  });

  test('goes on with the last news for two minutes when there are no new ones', async () => {
    const store = new MemoryBudgets();
    const holder = functionOver(store);
    await holder.view([emails], start);
    vi.spyOn(store, 'read').mockRejectedValue(new Error('gone'));
    expect((await holder.view([emails], start + 120_000)).has('emails')).toBe(true);
    expect((await holder.view([emails], start + 120_001)).has('emails')).toBe(false);
  });

  test('counts decisions for the curve, and reads that of the same day a week ago', async () => {
    const store = new MemoryBudgets();
    const paced = budget({ limit: 1000 });
    store.curves.set(
      '2026-03-03',
      Array.from({ length: 24 }, (_, hour) => (hour < 12 ? 100 : 0)),
    );
    store.records.set(`emails 2026-03-09`, { leased: 1_000_000, priced: 1e6, logWorth: 0, leases: new Map() });
    store.records.set(`emails ${day}`, { leased: 500_000, priced: 5e5, logWorth: 0, leases: new Map() });
    const holder = functionOver(store);
    await holder.view([paced], start);
    // By noon of such a day next to all decisions are over, and half the budget is left: a price of 1000 is gone.
    expect((await holder.view([paced], start + 1)).get('emails')?.price).toBeLessThan(1e-3);
    await holder.view([paced], start + 61_000);
    expect(store.curves.get(day)?.[12]).toBe(3);
  });
});
