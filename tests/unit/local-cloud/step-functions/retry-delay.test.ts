import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryDelayMs } from '#local-cloud/services/step-functions/engine/retry-delay.ts';

const retrier = fc.record({
  IntervalSeconds: fc.integer({ min: 1, max: 100 }),
  MaxAttempts: fc.constant(3),
  BackoffRate: fc.double({ min: 1, max: 4, noNaN: true }),
  MaxDelaySeconds: fc.integer({ min: 1, max: 500 }),
  JitterStrategy: fc.constantFrom('FULL' as const, 'NONE' as const),
});

test('a delay is never longer than its bound, and without jitter grows until then', () => {
  fc.assert(
    fc.property(retrier, fc.nat(20), fc.double({ min: 0, max: 0.999, noNaN: true }), (each, used, draw) => {
      const delay = retryDelayMs(each, used, draw);
      expect(delay).toBeGreaterThanOrEqual(0);
      expect(delay).toBeLessThanOrEqual(each.MaxDelaySeconds * 1000);
      if (each.JitterStrategy === 'FULL') return;
      expect(delay).toBeGreaterThanOrEqual(Math.min(each.IntervalSeconds, each.MaxDelaySeconds) * 1000);
      expect(retryDelayMs(each, used + 1, draw)).toBeGreaterThanOrEqual(delay);
    }),
  );
});

test('AWS’s example of its guide: 3, 6 and 12 seconds', () => {
  const each = { IntervalSeconds: 3, MaxAttempts: 3, BackoffRate: 2, JitterStrategy: 'NONE' } as const;
  expect([0, 1, 2].map((used) => retryDelayMs(each, used))).toEqual([3000, 6000, 12_000]);
});
