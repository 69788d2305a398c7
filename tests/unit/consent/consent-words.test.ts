import { describe, expect, test } from 'vitest';
import { consentWords } from '#domain/consent/consent-words.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { interaction } from '#support/builders/interaction.ts';

const wordsOf = (over: Partial<Interaction>) => consentWords(interaction(over));
const preferring = (categoryPreferences: unknown, more: object = {}) => ({
  context: { consent: { categoryPreferences, ...more } },
});

describe('preferences', () => {
  test('are a word for each category that has a yes or a no', () => {
    const said = { marketing: true, analytics: false, profiling: 'yes', ads: null };
    expect(wordsOf({ type: 'page', ...preferring(said) })).toEqual([
      { category: 'marketing', granted: true, isExplicit: false },
      { category: 'analytics', granted: false, isExplicit: false },
    ]);
  });

  test.each([undefined, null, 'marketing', ['marketing'], 7])('that are %j say nothing', (said) => {
    expect(wordsOf(preferring(said))).toEqual([]);
    expect(wordsOf({ context: { consent: said } as Interaction['context'] })).toEqual([]);
  });

  test.each<[string, Partial<Interaction>, object, boolean]>([
    ['a page', { type: 'page' }, {}, false],
    ['a page that the API says them by', { type: 'page' }, { isExplicit: true }, true],
    ['a page that is not sure', { type: 'page' }, { isExplicit: 'true' }, false],
    ['an event', { event: 'Product Viewed' }, {}, false],
    ['the event of a consent tool', { event: 'Segment Consent Preference Updated' }, {}, true],
    ['the event of another', { event: 'Consents Given' }, {}, true],
    ['an event that is longer than that', { event: 'Consent Updated Banner Shown' }, {}, false],
    ['a customer whom a trusted touchpoint names', { type: 'identify' }, {}, true],
    ['a customer whom a browser names as its own', { type: 'identify', standing: 'own' }, {}, false],
    ['a customer whom a browser claims to be', { type: 'identify', standing: 'claimed' }, {}, false],
  ])('of %s are said here and now: %s %s %s', (_, over, more, isExplicit) => {
    const words = wordsOf({ ...over, ...preferring({ marketing: true }, more) });
    expect(words).toEqual([{ category: 'marketing', granted: true, isExplicit }]);
  });
});

describe('a refusal', () => {
  const no = (category: string) => [{ category, granted: false, isExplicit: true }];
  const disposed = (properties: Interaction['properties']) => wordsOf({ event: 'Disposition Captured', properties });

  test('is a no in so many words to every purpose by the channel, and a bounce one of its address', () => {
    expect(wordsOf({ event: 'Email Unsubscribed' })).toEqual(no('*:email'));
    expect(wordsOf({ event: 'SMS Opt Out' })).toEqual(no('*:sms'));
    expect(wordsOf({ event: 'Email Bounced' })).toEqual(no('address:email'));
  });

  test('of a treatment is one to its purpose by its channel', () => {
    expect(disposed({ disposition: 'unsubscribed', purpose: 'marketing', channel: 'email' })).toEqual(
      no('marketing:email'),
    );
    expect(disposed({ disposition: 'complained', channel: 'email' })).toEqual(no('*:email'));
    expect(disposed({ disposition: 'bounced', purpose: 'marketing', channel: 'email' })).toEqual(no('address:email'));
    expect(disposed({ disposition: 'rejected', purpose: 'marketing', channel: 'email' })).toEqual([]);
    expect(disposed({ disposition: 'unsubscribed', channel: 'E-Mail' })).toEqual([]);
  });

  test('is told by events alone', () => {
    expect(wordsOf({ type: 'page', event: 'Email Unsubscribed' })).toEqual([]);
  });
});
