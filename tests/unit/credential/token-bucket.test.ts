import '#support/property-seed.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { burstSeconds, type TokenBucket, takeEvents } from '#domain/credential/token-bucket.ts';

/** Plays requests, each so many milliseconds after the one before; gives those that passed. */
function played(requests: readonly { readonly afterMs: number; readonly events: number }[], rate: number) {
  let bucket: TokenBucket | undefined;
  let nowMs = 1_773_144_000_000;
  return requests.flatMap(({ afterMs, events }) => {
    nowMs += afterMs;
    const taken = takeEvents(bucket, events, rate, nowMs);
    if (taken.kind === 'empty') return [];
    bucket = taken.bucket;
    return [{ atMs: nowMs, events }];
  });
}

const anyRequest = fc.record({
  afterMs: fc.oneof(fc.nat(20), fc.nat(20_000)),
  events: fc.integer({ min: 1, max: 500 }),
});

describe('a bucket of events', () => {
  test('lets through no more than rate × time and the bucket, or the largest request, in any stretch of time', () => {
    fc.assert(
      fc.property(fc.array(anyRequest, { maxLength: 60 }), fc.integer({ min: 1, max: 300 }), (requests, rate) => {
        const passed = played(requests, rate);
        for (const [first, { atMs: from }] of passed.entries()) {
          let sum = 0;
          let largest = rate * burstSeconds;
          for (const { atMs, events } of passed.slice(first)) {
            sum += events;
            largest = Math.max(largest, events);
            expect(sum).toBeLessThanOrEqual((rate * (atMs - from)) / 1000 + largest);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('says when the same request passes: then it does, and a second earlier it does not', () => {
    fc.assert(
      fc.property(fc.array(anyRequest, { maxLength: 40 }), fc.integer({ min: 1, max: 300 }), (requests, rate) => {
        let bucket: TokenBucket | undefined;
        let nowMs = 0;
        for (const { afterMs, events } of requests) {
          nowMs += afterMs;
          const taken = takeEvents(bucket, events, rate, nowMs);
          if (taken.kind === 'taken') {
            bucket = taken.bucket;
            continue;
          }
          const { retryAfterSeconds } = taken;
          expect(retryAfterSeconds).toBeGreaterThanOrEqual(1);
          expect(takeEvents(bucket, events, rate, nowMs + retryAfterSeconds * 1000).kind).toBe('taken');
          expect(takeEvents(bucket, events, rate, nowMs + (retryAfterSeconds - 1) * 1000).kind).toBe('empty');
        }
      }),
      { numRuns: 500 },
    );
  });

  test('holds nobody back who sends at the rate', () => {
    const even = Array.from({ length: 1000 }, () => ({ afterMs: 10, events: 5 }));
    expect(played(even, 500)).toHaveLength(1000);
  });

  test('is not filled by a clock that goes back and comes again', () => {
    const first = { thousandths: 1000, atMs: 10_000 };
    const back = takeEvents(first, 1, 10, 5_000);
    const empty = { thousandths: 0, atMs: 10_000 };
    expect(back).toEqual({ kind: 'taken', bucket: empty });
    expect(takeEvents(empty, 1, 10, 10_000)).toEqual({ kind: 'empty', retryAfterSeconds: 1 });
  });
});
