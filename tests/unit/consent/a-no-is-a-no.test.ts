import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { readInteraction } from '#contracts/wire/read-interaction.ts';
import { consentBlock } from '#domain/consent/consent-block.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { consentsIn } from '#domain/profile/consents.ts';
import { customerState } from '#domain/profile/customer-state.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import { arrival } from '#support/builders/arrival.ts';
import { interaction } from '#support/builders/interaction.ts';

vi.setConfig({ testTimeout: 240_000 });

const start = Date.UTC(2026, 2, 10);
const minute = 60_000;
const day = 1440 * minute;
const iso = (ms: number) => new Date(ms).toISOString();

const browser = { key: 'anonymous_id:aaaaaaaaaaaaaaaa' };
const user = { key: 'user_id:u' };
const account = (granted: boolean, at: string, over: Partial<Interaction> = {}) =>
  interaction({
    type: 'identify',
    messageId: `account ${at}`,
    occurredAt: at,
    receivedAt: at,
    context: { consent: { categoryPreferences: { marketing: granted }, isExplicit: true } },
    ...over,
  });
const stamp = (granted: boolean, at: string, over: Partial<Interaction> = {}) =>
  interaction({
    type: 'page',
    messageId: `stamp ${at}`,
    occurredAt: at,
    receivedAt: at,
    identifiers: [user, browser],
    context: { consent: { categoryPreferences: { marketing: granted } } },
    ...over,
  });
const track = (event: string, at: string, over: Partial<Interaction> = {}) =>
  interaction({ event, messageId: `${event} ${at}`, occurredAt: at, receivedAt: at, ...over });
const hour = (number: number) => iso(start + number * 60 * minute);

const consentsOf = (...all: Interaction[]) => consentsIn(customerState([fold(personaMemory(), all).state]));
const marketing = (...all: Interaction[]) => consentsOf(...all).get('marketing')?.granted;
const mail = (...all: Interaction[]) => {
  const question = { purpose: 'marketing', channel: 'email', direction: 'outbound', kind: 'standard' } as const;
  return consentBlock(consentsOf(...all), question)?.reason;
};

describe('a no on the account', () => {
  test('is not undone by a banner that goes on stamping its older yes', () => {
    expect(marketing(stamp(true, hour(1)), account(false, hour(2)), stamp(true, hour(3)), stamp(true, hour(4)))).toBe(
      false,
    );
  });

  test('is not undone by the first stamp of another browser: banners may begin with yes', () => {
    const other = { identifiers: [user, { key: 'anonymous_id:bbbbbbbbbbbbbbbb' }] };
    expect(marketing(account(false, hour(2)), stamp(true, hour(3), other))).toBe(false);
  });

  test('is undone by a later yes on the account', () => {
    expect(marketing(account(false, hour(2)), account(true, hour(3)))).toBe(true);
  });

  test('is undone by the event of a consent tool', () => {
    const change = stamp(true, hour(3), { type: 'track', event: 'Segment Consent Preference Updated' });
    expect(marketing(account(false, hour(2)), change)).toBe(true);
  });

  test('is undone by a banner that itself said no since and then yes', () => {
    expect(marketing(account(false, hour(2)), stamp(false, hour(3)), stamp(true, hour(4)))).toBe(true);
  });

  test('is not undone by a banner whose own no was earlier', () => {
    expect(marketing(stamp(false, hour(1)), account(false, hour(2)), stamp(true, hour(3)))).toBe(false);
  });

  test('outlives a page of 64 categories', () => {
    const many = Object.fromEntries(Array.from({ length: 64 }, (_, index) => [`purpose-${index}`, true]));
    const pages = [3, 4, 5, 6].map((number) =>
      stamp(true, hour(number), {
        context: {
          consent: {
            categoryPreferences: Object.fromEntries(Object.entries(many).map(([name]) => [`${name}-${number}`, true])),
          },
        },
      }),
    );
    expect(marketing(...pages, account(false, hour(2)))).toBe(false);
  });
});

describe('what is told at once', () => {
  const both = (first: boolean) => [
    stamp(first, hour(1), { messageId: 'z' }),
    stamp(!first, hour(1), { messageId: 'a', sequence: 1 }),
  ];

  test.each([
    [true, false],
    [false, true],
  ])('first %s, then the opposite ends with %s', (first, last) => {
    expect(marketing(...both(first))).toBe(last);
    expect(marketing(...both(first).reverse())).toBe(last);
  });
});

describe('mail is refused', () => {
  const yes = account(true, hour(1));
  test.each([
    ['Unsubscribed', 'consent_refused'],
    ['Email Marked as Spam', 'consent_refused'],
    ['Email Bounced', 'address_bounced'],
  ])('after %s, until a later yes to mail', (event, reason) => {
    const said = track(event, hour(2));
    const email = (at: string) =>
      account(true, at, {
        context: { consent: { categoryPreferences: { 'marketing:email': true }, isExplicit: true } },
      });
    expect(mail(yes, said)).toBe(reason);
    expect(mail(said, yes)).toBe(reason);
    expect(mail(yes, said, account(true, hour(3)))).toBe(reason);
    expect(mail(yes, said, email(hour(3)))).toBeUndefined();
    expect(mail(yes, said, email(hour(0)))).toBe(reason);
  });

  test.each([
    ['unsubscribed', 'consent_refused'],
    ['complained', 'consent_refused'],
    ['bounced', 'address_bounced'],
    ['rejected', undefined],
  ])('after a disposition %s of a treatment by mail (%s)', (disposition, reason) => {
    const properties = { disposition, purpose: 'marketing', channel: 'email' };
    expect(mail(yes, track('Disposition Captured', hour(2), { properties }))).toBe(reason);
  });

  test('no more once the customer has another address', () => {
    const moved = track('Signed Up', hour(3), { identifiers: [user, { key: 'email:new' }] });
    expect(mail(yes, track('Email Bounced', hour(2)), moved)).toBeUndefined();
  });
});

describe('whatever the clocks within 30 days, in any order of processing,', () => {
  const anyWord = fc.record({
    granted: fc.boolean(),
    by: fc.constantFrom('account', 'stamp', 'event', 'identify'),
    place: fc.nat(2),
    browser: fc.constantFrom('b-1', 'b-2'),
    skew: fc.oneof(fc.constant(0), fc.integer({ min: -30 * day, max: 30 * day })),
    age: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 10 * day })),
    saysSentAt: fc.boolean(),
  });

  function accepted(
    word: typeof anyWord extends fc.Arbitrary<infer Word> ? Word : never,
    index: number,
    trust: 'public' | 'server',
  ) {
    const receivedAt = start + index * minute;
    const clock = receivedAt + word.skew;
    const consent = { categoryPreferences: { marketing: word.granted }, isExplicit: word.by === 'account' };
    const event = {
      type: word.by === 'account' || word.by === 'identify' ? 'identify' : 'track',
      event: word.by === 'event' ? 'Consent Preference Updated' : 'Product Viewed',
      messageId: `m-${index}`,
      userId: 'u',
      anonymousId: trust === 'public' ? 'b-1' : word.browser,
      timestamp: iso(clock - word.age),
      ...(word.saysSentAt ? { sentAt: iso(clock) } : {}),
      context: { consent },
    };
    const read = readInteraction(event, arrival({ receivedAt, place: word.place, trust }));
    if (read.kind === 'rejected') return [];
    const identifiers = read.identifiers.map(({ type, value }) => ({ key: `${type}:${value}` }));
    return [{ ...read.interaction, identifiers }];
  }

  test.each(['public', 'server'] as const)('a no that arrived last holds, told with a %s key', (trust) => {
    fc.assert(
      fc.property(fc.array(anyWord, { minLength: 1, maxLength: 8 }), fc.nat(7), (words, rotation) => {
        const heard = words.flatMap((word, index) => accepted(word, index, trust));
        const last = accepted({ ...(words[0] ?? fail()), granted: false, saysSentAt: true }, words.length, trust);
        expect(last).toHaveLength(1);
        const all = [...heard, ...last, ...heard.slice(0, 2)];
        expect(marketing(...all.slice(rotation), ...all.slice(0, rotation))).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  test('an explicit yes of an honest clock holds when nothing is said after it', () => {
    fc.assert(
      fc.property(fc.array(anyWord, { maxLength: 8 }), (words) => {
        const heard = words.flatMap((word, index) => accepted(word, index, 'server'));
        expect(marketing(...heard, account(true, iso(start + words.length * minute)))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  function fail(): never {
    throw new Error('no words');
  }
});
