import '#support/property-seed.ts';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { KnownCaller } from '#domain/credential/access.ts';
import { knownCaller } from '#support/builders/http-request.ts';
import { FakeDayCounts } from '#support/fakes/fake-day-counts.ts';
import { allowanceKeeper } from '#use-cases/collect/allowance-keeper.ts';

const noon = Date.UTC(2026, 2, 10, 12);
let counts = new FakeDayCounts();
let faults: unknown[] = [];
beforeEach(() => {
  counts = new FakeDayCounts();
  faults = [];
});

const keeper = () => allowanceKeeper(counts, { patienceMs: 50, onFault: (error) => faults.push(error) });
const callerWith = (allowance: Pick<KnownCaller, 'eventsPerSecond' | 'eventsPerDay'>) => ({
  ...knownCaller('collect'),
  ...allowance,
});

describe('the rate of a credential', () => {
  test('is each credential’s own, and comes back with time', async () => {
    const keep = keeper();
    const [shop, other] = [
      callerWith({ eventsPerSecond: 2 }),
      { ...callerWith({ eventsPerSecond: 2 }), credentialId: 'o' },
    ];
    expect(await keep.take(shop, 10, noon)).toBeUndefined();
    expect(await keep.take(shop, 4, noon)).toEqual({ of: 'rate', retryAfterSeconds: 2 });
    expect(await keep.take(other, 4, noon)).toBeUndefined();
    expect(await keep.take(shop, 4, noon + 2000)).toBeUndefined();
    expect(counts.asked).toBe(0);
  });
});

describe('the quota of a day', () => {
  test('is told and asked once a hundredth, not once a request', async () => {
    const keep = keeper();
    const caller = callerWith({ eventsPerDay: 10_000 });
    for (let sent = 0; sent < 1000; sent++) await keep.take(caller, 1, noon);
    expect(counts.asked).toBe(11);
  });

  test('refuses until the next day of UTC', async () => {
    const keep = keeper();
    const caller = callerWith({ eventsPerDay: 3 });
    expect(await keep.take(caller, 3, noon)).toBeUndefined();
    expect(await keep.take(caller, 1, noon)).toEqual({ of: 'quota', retryAfterSeconds: 43_200 });
    expect(await keep.take(caller, 1, noon + 43_200_000)).toBeUndefined();
  });

  test('that was used up is known to a function that starts', async () => {
    const caller = callerWith({ eventsPerDay: 3 });
    await keeper().take(caller, 3, noon);
    expect(await keeper().take(caller, 1, noon)).toMatchObject({ of: 'quota' });
  });

  test('is passed by N functions by no more than N × (a hundredth + the largest request)', async () => {
    const anySend = fc.record({ by: fc.nat(4), events: fc.integer({ min: 1, max: 30 }), afterMs: fc.nat(5000) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(anySend, { maxLength: 200 }),
        fc.integer({ min: 1, max: 1000 }),
        async (sends, quota) => {
          counts = new FakeDayCounts();
          const functions = Array.from({ length: 5 }, keeper);
          const caller = callerWith({ eventsPerDay: quota });
          let nowMs = noon;
          let passed = 0;
          for (const { by, events, afterMs } of sends) {
            nowMs += afterMs;
            if ((await functions[by]?.take(caller, events, nowMs)) === undefined) passed += events;
          }
          expect(passed).toBeLessThanOrEqual(quota + 5 * (quota / 100 + 30));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('lets through, and says so, while the counts can’t be read; what was sent then counts later', async () => {
    const keep = keeper();
    const caller = callerWith({ eventsPerDay: 10 });
    counts.isDown = true;
    expect(await keep.take(caller, 4, noon)).toBeUndefined();
    expect(faults).toHaveLength(1);
    counts.isDown = false;
    expect(await keep.take(caller, 4, noon + 60_000)).toBeUndefined();
    expect([...counts.counts.values()]).toEqual([8]);
  });
});
