import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readInteraction } from '#contracts/wire/read-interaction.ts';
import { occurrenceOf, publicPastMs } from '#domain/interaction/occurred-at.ts';
import { arrival, receivedAt } from '#support/builders/arrival.ts';
import { trackEvent } from '#support/builders/segment-event.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const iso = (ms: number) => new Date(ms).toISOString();
const trusts = ['public', 'server'] as const;

function occurrence(timestamp: unknown, over: { sentAt?: unknown; trust?: 'public' | 'server' } = {}) {
  const { sentAt, trust = 'server' } = over;
  return occurrenceOf(timestamp, { sentAt, trust, receivedAt });
}

describe('no event is newer than its arrival', () => {
  test.each([20 * hour, day, 1, 5 * minute])('when its client is %i ms ahead and says nothing of sending', (ahead) => {
    expect(occurrence(iso(receivedAt + ahead))).toMatchObject({ ms: receivedAt, micros: 0 });
  });

  test.each([3 * minute, 5 * hour, 14 * day, 1])('when it says that it was sent %i ms before it happened', (before) => {
    const time = receivedAt - 2 * hour;
    expect(occurrence(iso(time), { sentAt: iso(time - before) })).toMatchObject({ ms: time, micros: 0 });
  });

  test('whatever the clocks within 30 days, and the elapsed time is kept where the bounds allow', () => {
    const offset = fc.integer({ min: -30 * day, max: 30 * day });
    const elapsed = fc.integer({ min: 0, max: 10 * day });
    const network = fc.integer({ min: 0, max: minute });
    fc.assert(
      fc.property(offset, elapsed, network, fc.constantFrom(...trusts), (skew, since, delay, trust) => {
        const sent = receivedAt - delay + skew;
        const told = occurrence(iso(sent - since), { sentAt: iso(sent), trust });
        const real = receivedAt - delay - since;
        expect(told?.ms).toBeLessThanOrEqual(receivedAt);
        if (trust === 'public') expect(told?.ms).toBeGreaterThanOrEqual(receivedAt - publicPastMs);
        const expected = trust === 'public' ? Math.max(real, receivedAt - publicPastMs) : real;
        expect(Math.abs((told?.ms ?? Number.NaN) - expected)).toBeLessThanOrEqual(2 * minute);
      }),
      { numRuns: 5000 },
    );
  });

  test('whatever timestamp and sentAt say, unless it is refused', () => {
    const anyTime = fc.integer({ min: receivedAt - 60 * day, max: receivedAt + 60 * day }).map(iso);
    const anySent = fc.oneof(anyTime, fc.constant(undefined), fc.constant('never'));
    fc.assert(
      fc.property(anyTime, anySent, fc.constantFrom(...trusts), (timestamp, sentAt, trust) => {
        const told = occurrence(timestamp, { sentAt, trust });
        if (told !== undefined) expect(told.ms).toBeLessThanOrEqual(receivedAt);
        else expect(Date.parse(timestamp)).toBeGreaterThan(receivedAt + day);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('a time', () => {
  test('of a sender that cuts sentAt to seconds is corrected all the same', () => {
    const sentAt = '2026-03-10T15:00:00+00:00';
    expect(occurrence('2026-03-10T15:00:00.750Z', { sentAt })).toMatchObject({ ms: receivedAt, micros: 0 });
  });

  test('keeps its microseconds, after correction too', () => {
    expect(occurrence('2026-03-10T11:59:00.123456789Z')).toMatchObject({ ms: receivedAt - minute + 123, micros: 456 });
    const sentAt = '2026-03-10T15:00:00.000Z';
    expect(occurrence('2026-03-10T14:59:00.0005Z', { sentAt })).toMatchObject({ ms: receivedAt - minute, micros: 500 });
  });

  test.each([
    ['public', receivedAt - publicPastMs],
    ['server', Date.UTC(1970, 0, 1)],
  ] as const)('of 1970 from a %s key is dated as far back as that key may', (trust, ms) => {
    expect(occurrence('1970-01-01T00:00:00Z', { trust })).toMatchObject({ ms, micros: 0 });
  });
});

describe('what a request tells is in the order', () => {
  const sequenceOf = (timestamp: string, place: number) => {
    const read = readInteraction(trackEvent({ timestamp }), arrival({ place }));
    return read.kind === 'accepted' ? (read.interaction.sequence ?? 0) : Number.NaN;
  };

  test('of its places where times are equal, and of its microseconds before that', () => {
    const time = '2026-03-10T11:00:00.001';
    expect(sequenceOf(`${time}Z`, 0)).toBe(0);
    expect(sequenceOf(`${time}Z`, 0)).toBeLessThan(sequenceOf(`${time}Z`, 1));
    expect(sequenceOf(`${time}Z`, 499)).toBeLessThan(sequenceOf(`${time}001Z`, 0));
  });
});
