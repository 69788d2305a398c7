import { expect, test, vi } from 'vitest';
import { combine } from '#domain/profile/combine.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import { emptyState } from '#domain/profile/persona-state.ts';
import { Profile, readProfile } from '#domain/profile/read-profile.ts';
import { decodeState, encodeState } from '#domain/profile/state-codec.ts';
import { ruleProfileOf } from '#domain/rule/rule-profile.ts';
import { interaction } from '#support/builders/interaction.ts';

/** A copy of the list with the guide's line in it. Nothing else is replaced: what works with the copy works by the list alone. */
vi.mock('#domain/profile/profile-signals.ts', async (original) => {
  const list = await original<typeof import('#domain/profile/profile-signals.ts')>();
  const { complaintsSignal } = await import('#support/worked-examples/complaints-signal.ts');
  return { profileSignals: [...list.profileSignals, complaintsSignal] };
});

const now = new Date('2026-04-01T00:00:00.000Z');
const complaint = (day: number) =>
  interaction({
    messageId: `m-${day}`,
    event: 'Complaint Filed',
    occurredAt: `2026-03-0${day}T12:00:00.000Z`,
    receivedAt: `2026-03-0${day}T12:00:01.000Z`,
  });
const stateOf = (...days: number[]) => fold(personaMemory(), days.map(complaint)).state;

test('complaints count once each, in any order, over micro-batches and personas', () => {
  const text = encodeState(stateOf(1, 2, 3));
  expect(text).toContain('"complaints":[3,1772366400000,1772539200000]');
  expect(encodeState(stateOf(3, 1, 2, 1))).toBe(text);
  const stored = { ...personaMemory(), state: decodeState(encodeState(stateOf(1))) };
  expect(encodeState(fold(stored, [2, 3].map(complaint)).state)).toContain('"complaints":[3,');
  expect(encodeState(combine(stateOf(3), stateOf(1)))).toBe(encodeState(combine(stateOf(1), stateOf(3))));
});

test('states of before have none, and a state without any is written as before', () => {
  expect(encodeState(decodeState(encodeState(emptyState())))).toBe(encodeState(emptyState()));
  expect(encodeState(emptyState())).not.toContain('complaints');
});

test('the API shows them, its document describes them, and rules are given them', () => {
  expect(readProfile([stateOf(1), stateOf(2)], now)).toMatchObject({
    complaints: { count: 2, lastAt: '2026-03-02T12:00:00.000Z' },
  });
  expect(readProfile(emptyState(), now)).toMatchObject({ complaints: { count: 0, lastAt: null } });
  expect(Object.keys(Profile.shape)).toContain('complaints');
  expect(ruleProfileOf([stateOf(1), stateOf(2)])).toMatchObject({ complaints: 2 });
});
