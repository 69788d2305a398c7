import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { sequenceOf } from '#domain/interaction/sequence.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import { readProfile } from '#domain/profile/read-profile.ts';
import { decodeState, encodeState } from '#domain/profile/state-codec.ts';
import { interaction } from '#support/builders/interaction.ts';

const told = '2026-03-10T12:00:00.000Z';
const after = (milliseconds: number) => new Date(Date.parse(told) + milliseconds).toISOString();

/** Words of one customer that were all said at the same time, by their place in a request and its arrival. */
const said = (word: string, delay: number, place: number, over: Partial<Interaction> = {}) =>
  interaction({
    type: 'identify',
    messageId: word,
    occurredAt: told,
    receivedAt: after(delay),
    sequence: sequenceOf(0, place),
    traits: { plan: word },
    ...over,
  });
const stateOf = (all: readonly Interaction[]) => fold(personaMemory(), all).state;
const profileOf = (...all: Interaction[]) => {
  const profile = readProfile(stateOf(all), new Date(after(60_000)));
  expect(readProfile(stateOf(all.toReversed()), new Date(after(60_000)))).toEqual(profile);
  return profile;
};
const consent = (marketing: boolean) => ({ context: { consent: { categoryPreferences: { marketing } } } });

describe('of two words that an SDK cuts into two requests the one that arrives later counts, whatever its place,', () => {
  test('as a trait', () => {
    expect(profileOf(said('free', 10, 14), said('pro', 11, 0)).traits).toEqual({ plan: 'pro' });
  });

  test('as a time zone', () => {
    const zones = ['Europe/Berlin', 'Asia/Tokyo'].map((timezone, index) =>
      said(timezone, 10 + index, 14 - index, { context: { timezone } }),
    );
    expect(profileOf(...zones).timeZone).toBe('Asia/Tokyo');
  });

  test.each([
    [true, false],
    [false, true],
  ])('as a consent: %s, then %s', (first, last) => {
    const { consents } = profileOf(said('a', 10, 14, consent(first)), said('b', 11, 0, consent(last)));
    expect(consents).toMatchObject([{ purpose: 'marketing', granted: last }]);
  });
});

test('of two words of one request, or of two that arrive in the same millisecond, the later place counts, then the larger id', () => {
  expect(profileOf(said('z', 10, 0), said('a', 10, 1)).traits).toEqual({ plan: 'a' });
  expect(profileOf(said('z', 10, 1), said('a', 10, 1)).traits).toEqual({ plan: 'z' });
});

test('microseconds that the sender told go before the arrival', () => {
  expect(profileOf(said('free', 900, 0), said('pro', 1, 0, { sequence: sequenceOf(1, 0) })).traits).toEqual({
    plan: 'pro',
  });
});

test('a yes that arrives again after a no of the same time is no younger than it was', () => {
  const [yes, no] = [said('yes', 10, 14, consent(true)), said('no', 11, 0, consent(false))];
  const again = said('yes', 5000, 3, consent(true));
  expect(profileOf(yes, no, again).consents).toMatchObject([{ granted: false }]);
});

test('what counts is the last delivery by time, arrival, place and message id, whichever are processed first', () => {
  const delivery = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    at: fc.constantFrom(0, 0, 0, 1),
    micros: fc.constantFrom(0, 0, 0, 1),
    delay: fc.constantFrom(1, 2, 3, 100_000_000),
    place: fc.constantFrom(0, 1, 14),
  });
  fc.assert(
    fc.property(fc.array(delivery, { minLength: 1, maxLength: 10 }), (deliveries) => {
      const all = deliveries.map(({ id, at, micros, delay, place }) =>
        said(id, at + delay, place, { occurredAt: after(at), sequence: sequenceOf(micros, place) }),
      );
      const keyOf = ({ id, at, micros, delay, place }: (typeof deliveries)[number]) =>
        [at, micros, at + delay, place].map((part) => String(part).padStart(12, '0')).join(' ') + id;
      const last = deliveries.map((one) => ({ key: keyOf(one), id: one.id })).sort((a, b) => (a.key < b.key ? 1 : -1));
      expect(profileOf(...all).traits).toEqual({ plan: last[0]?.id });
    }),
    { numRuns: 1000 },
  );
});

test('a state of before registers had an arrival reads as if its words had arrived when they were said', () => {
  const text = encodeState(stateOf([said('free', 10, 14)]));
  const before = text.replace(',14,10]', ',14]');
  expect(before).not.toBe(text);
  const state = decodeState(before);
  expect(encodeState(state)).toBe(before);
  const next = fold({ ...personaMemory(), state }, [said('pro', 10, 0)]).state;
  expect(readProfile(next, new Date(told)).traits).toEqual({ plan: 'pro' });
});
