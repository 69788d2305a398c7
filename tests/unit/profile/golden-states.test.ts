import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { combine } from '#domain/profile/combine.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import { readProfile } from '#domain/profile/read-profile.ts';
import { decodeState, encodeState } from '#domain/profile/state-codec.ts';
import { ruleProfileOf } from '#domain/rule/rule-profile.ts';
import { dispositionEvent } from '#domain/vocabulary/disposition-event.ts';
import { interaction, purchase } from '#support/builders/interaction.ts';
import { anyCrowd, anyInteractions } from '#support/generators/any-interactions.ts';

const now = new Date('2026-12-31T12:00:00.000Z');
const key = (type: string, digit: string) => `${type}:${digit.repeat(32)}`;

/** One of everything that a state can hold. */
const everything = [
  purchase('o-1', 12.5, {
    messageId: 'm-1',
    channel: 'browser',
    context: { campaign: { name: 'spring' }, timezone: 'Europe/Vienna' },
    properties: { products: [{ product_id: 'sku-1', category: 'Shoes' }] },
    identifiers: [{ key: key('user_id', 'a') }, { key: key('anonymous_id', 'b') }],
  }),
  interaction({
    messageId: 'm-2',
    type: 'identify',
    event: '',
    traits: { plan: 'gold', email: 'ada@example.com' },
    context: { consent: { categoryPreferences: { marketing: true } } },
    sequence: 3,
    identifiers: [{ key: key('user_id', 'a') }, { key: key('email', 'c') }],
  }),
  interaction({
    messageId: 'm-3',
    type: 'identify',
    event: '',
    traits: { plan: 'silver' },
    standing: 'claimed',
    identifiers: [{ key: key('user_id', 'a') }, { key: key('anonymous_id', 'd') }],
  }),
  interaction({ messageId: 'm-4', type: 'group', event: '', groupId: 'team' }),
  interaction({
    messageId: 'm-5',
    event: dispositionEvent,
    properties: { disposition: 'clicked', treatment_id: 't', offer_id: 'o', offer_group: 'g', channel: 'web' },
  }),
  purchase(undefined, 5, { messageId: 'm-6' }),
  interaction({
    messageId: 'm-7',
    occurredAt: '2026-05-10T12:00:00.000Z',
    receivedAt: '2026-05-10T12:00:01.000Z',
    identifiers: [{ key: key('user_id', 'a') }, { key: key('anonymous_id', 'b') }],
  }),
];

test('a state is written as it has been, and what it says is answered as it has been', () => {
  const { state } = fold(personaMemory(), everything);
  return expect(`${encodeState(state)}\n${JSON.stringify(readProfile(state, now))}\n`).toMatchFileSnapshot(
    'golden-state.txt',
  );
});

test('states of hostile interactions and of crowds, alone and combined, give the bytes that they have given', () => {
  const hash = createHash('sha256');
  const drawn = { seed: 20_260_310, numRuns: 30 };
  for (const arbitrary of [anyInteractions(), anyCrowd()]) {
    const states = fc.sample(arbitrary, drawn).map((all) => fold(personaMemory(), all).state);
    for (const [index, state] of states.entries()) {
      const both = combine(state, states[(index + 1) % states.length] ?? state);
      for (const each of [state, both, decodeState(encodeState(state))]) {
        hash.update(encodeState(each)).update(JSON.stringify(readProfile(each, now)));
        hash.update(JSON.stringify(sorted(ruleProfileOf([each]))));
      }
    }
  }
  expect(hash.digest('hex')).toMatchInlineSnapshot(
    `"9a1350e31cc7c16adf474be6c1363d1e7fe58cf0247f2edfa643e4797bdbf990"`,
  );
});

/** Maps as lists and keys in order: of what rules are given only the content is promised. */
function sorted(value: unknown): unknown {
  if (value instanceof Map) return ['map', ...[...value].map(sorted)];
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([name, each]) => [name, sorted(each)])
    .sort(([a], [b]) => String(a).localeCompare(String(b)));
}
