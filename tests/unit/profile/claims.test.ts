import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { mostSources } from '#domain/profile/claims.ts';
import { consentsIn } from '#domain/profile/consents.ts';
import { customerState } from '#domain/profile/customer-state.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import type { PersonaState } from '#domain/profile/persona-state.ts';
import { readProfile } from '#domain/profile/read-profile.ts';
import { decodeState, encodeState } from '#domain/profile/state-codec.ts';
import { interaction } from '#support/builders/interaction.ts';

vi.setConfig({ testTimeout: 240_000 });

const hour = (number: number) => new Date(Date.UTC(2026, 2, 10) + number * 3_600_000).toISOString();
const now = new Date(hour(1000));
const user = { key: 'user_id:0123456789abcdef' };
const browserKey = (name: string) => ({ key: `anonymous_id:${name.repeat(16)}` });

interface Word {
  readonly by: 'firm' | 'a' | 'b' | 'c' | 'nobody';
  readonly at: number;
  readonly plan?: string;
  readonly marketing?: boolean;
  readonly timezone?: string;
}

/** What somebody says of the user `u`, at an hour. */
function said({ by, at, plan, marketing, timezone }: Word): Interaction {
  const isBrowser = by !== 'firm' && by !== 'nobody';
  return interaction({
    type: 'identify',
    messageId: `${by} ${at} ${plan} ${marketing} ${timezone}`,
    occurredAt: hour(at),
    receivedAt: hour(at),
    standing: by === 'firm' ? 'trusted' : 'claimed',
    identifiers: [user, ...(isBrowser ? [browserKey(by)] : [])],
    traits: plan === undefined ? {} : { plan },
    context: {
      ...(marketing === undefined ? {} : { consent: { categoryPreferences: { marketing }, isExplicit: true } }),
      ...(timezone === undefined ? {} : { timezone }),
    },
  });
}

/** What a browser says of itself. */
const own = (name: string, at: number, over: Partial<Interaction>) =>
  interaction({
    type: 'identify',
    messageId: `own ${name} ${at}`,
    occurredAt: hour(at),
    receivedAt: hour(at),
    standing: 'own',
    identifiers: [browserKey(name)],
    ...over,
  });

const stateOf = (...words: Interaction[]) => fold(personaMemory(), words).state;
const planOf = (...states: PersonaState[]) => readProfile(states, now).traits.plan;
const plan = (...words: Word[]) => planOf(stateOf(...words.map(said)));
const marketing = (...words: Word[]) =>
  consentsIn(customerState([stateOf(...words.map(said))])).get('marketing')?.granted;

describe('a trait', () => {
  test('that the customer’s browser tells is the last it told', () => {
    expect(plan({ by: 'a', at: 1, plan: 'free' }, { by: 'a', at: 2, plan: 'pro' })).toBe('pro');
  });

  test('that the customer’s browser tells is not overridden by a stranger’s, or by nobody’s in particular', () => {
    const mine = { by: 'a', at: 1, plan: 'free' } as const;
    expect(plan(mine, { by: 'b', at: 2, plan: 'evil' })).toBe('free');
    expect(plan(mine, { by: 'nobody', at: 2, plan: 'evil' })).toBe('free');
  });

  test('that a stranger tells of a customer of the firm is not there', () => {
    expect(plan({ by: 'a', at: 1 }, { by: 'b', at: 2, plan: 'evil' })).toBeUndefined();
    expect(plan({ by: 'firm', at: 1 }, { by: 'b', at: 2, plan: 'evil' })).toBeUndefined();
  });

  test('that a stranger tells by another address of a customer of the firm is not there, nor is a refusal', () => {
    const byAddress = (word: Word) => ({
      ...said(word),
      identifiers: [{ key: 'email:0123456789abcdef' }, browserKey(word.by)],
    });
    const account = stateOf(said({ by: 'firm', at: 1, marketing: true }));
    const address = stateOf(byAddress({ by: 'b', at: 2, plan: 'evil', marketing: false }));
    expect(planOf(account, address)).toBeUndefined();
    expect(consentsIn(customerState([account, address])).get('marketing')?.granted).toBe(true);
    expect(planOf(address)).toBe('evil');
  });

  test('that the firm tells stands, whatever browsers tell later', () => {
    expect(plan({ by: 'a', at: 0 }, { by: 'firm', at: 1, plan: 'basic' }, { by: 'a', at: 2, plan: 'pro' })).toBe(
      'basic',
    );
  });

  test('that the firm takes back stays away', () => {
    const gone = { ...said({ by: 'firm', at: 1 }), traits: { plan: null } };
    expect(planOf(stateOf(said({ by: 'a', at: 0 }), gone, said({ by: 'a', at: 2, plan: 'pro' })))).toBeUndefined();
  });

  test('that a second browser told counts once its persona is the customer’s', () => {
    const claimed = stateOf(said({ by: 'a', at: 1, plan: 'free' }), said({ by: 'b', at: 2, plan: 'pro' }));
    const linked = stateOf(own('b', 1, { type: 'page' }));
    expect(planOf(claimed)).toBe('free');
    expect(planOf(claimed, linked)).toBe('pro');
  });

  test('that a browser told of itself is its persona’s, and below the firm’s word once they are one customer', () => {
    const visitor = stateOf(own('a', 9, { traits: { plan: 'trial' } }));
    expect(planOf(visitor)).toBe('trial');
    expect(planOf(visitor, stateOf(said({ by: 'firm', at: 1, plan: 'basic' })))).toBe('basic');
  });
});

describe('a consent', () => {
  test('that a stranger gives or refuses changes nothing', () => {
    expect(
      marketing({ by: 'firm', at: 1, marketing: true }, { by: 'a', at: 2 }, { by: 'b', at: 3, marketing: false }),
    ).toBe(true);
    expect(
      marketing({ by: 'firm', at: 1, marketing: false }, { by: 'a', at: 2 }, { by: 'b', at: 3, marketing: true }),
    ).toBe(false);
  });

  test('that the customer’s own browser refuses is refused, whatever the firm heard before', () => {
    const known = { by: 'a', at: 0 } as const;
    expect(marketing(known, { by: 'firm', at: 1, marketing: true }, { by: 'a', at: 2, marketing: false })).toBe(false);
    expect(
      marketing(
        known,
        { by: 'firm', at: 1, marketing: true },
        { by: 'a', at: 2, marketing: false },
        { by: 'firm', at: 3, marketing: true },
      ),
    ).toBe(true);
  });

  test('that the firm heard refused is not given by a browser', () => {
    expect(
      marketing({ by: 'a', at: 1 }, { by: 'firm', at: 2, marketing: false }, { by: 'a', at: 3, marketing: true }),
    ).toBe(false);
  });
});

test('a time zone that a stranger tells changes no quiet hours', () => {
  const words: Word[] = [
    { by: 'a', at: 1, timezone: 'Europe/Berlin' },
    { by: 'b', at: 2, timezone: 'Asia/Tokyo' },
  ];
  expect(readProfile(stateOf(...words.map(said)), now).timeZone).toBe('Europe/Berlin');
});

describe('of many sources', () => {
  const anyWord: fc.Arbitrary<Word> = fc.record({
    by: fc.constantFrom('firm', 'a', 'b', 'c', 'nobody'),
    at: fc.nat(50),
    plan: fc.constantFrom('free', 'pro', 'evil'),
    marketing: fc.boolean(),
    timezone: fc.constantFrom('Europe/Berlin', 'Asia/Tokyo'),
  });

  test('strangers change nothing, whatever they say, in any order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyWord, { maxLength: 20, selector: ({ at }) => at }),
        fc.nat(20),
        (words, rotation) => {
          const first = [...words].sort((x, y) => x.at - y.at)[0]?.by;
          const heard = words.filter(({ by }) => by === 'firm' || by === first);
          const order = [...words.slice(rotation), ...words.slice(0, rotation)];
          const view = (some: readonly Word[]) => {
            const { traits, consents, timeZone } = readProfile(stateOf(...some.map(said)), now);
            return { traits, consents, timeZone };
          };
          expect(view(order)).toEqual(view(heard));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('the first stay, however many come after them', () => {
    const crowd = Array.from({ length: 200 }, (_, index) => ({
      ...said({ by: 'b', at: 10 + index, plan: 'evil' }),
      messageId: `crowd ${index}`,
      identifiers: [user, { key: `anonymous_id:${index}-${'0'.repeat(16)}` }],
    }));
    const state = stateOf(said({ by: 'a', at: 1, plan: 'free' }), ...crowd, said({ by: 'a', at: 900, plan: 'pro' }));
    expect(planOf(state)).toBe('pro');
    expect(state.claims.size).toBe(mostSources);
    expect(encodeState(decodeState(encodeState(state)))).toBe(encodeState(state));
  });
});
