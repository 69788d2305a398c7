import { describe, expect, test } from 'vitest';
import { consentBlock } from '#domain/consent/consent-block.ts';

const yes = (at = 1) => ({ granted: true, at });
const no = (at = 1) => ({ granted: false, at });
const question = { purpose: 'marketing', channel: 'email', direction: 'outbound', kind: 'standard' } as const;
const reason = (consents: Record<string, { granted: boolean; at: number }>, over: object = {}) =>
  consentBlock(new Map(Object.entries(consents)), { ...question, ...over })?.reason;

describe('consent', () => {
  test.each([
    ['nothing on record', {}, {}, 'no_consent'],
    ['nothing on record, inbound', {}, { direction: 'inbound' }, undefined],
    ['a yes', { marketing: yes() }, {}, undefined],
    ['a no', { marketing: no() }, {}, 'consent_refused'],
    ['a no, inbound', { marketing: no() }, { direction: 'inbound' }, 'consent_refused'],
    ['a yes to another purpose', { service: yes() }, {}, 'no_consent'],
    ['a yes to another channel', { 'marketing:sms': yes() }, {}, 'no_consent'],
    ['a no to another channel', { marketing: yes(), 'marketing:sms': no() }, {}, undefined],
    ['a yes to the channel', { 'marketing:email': yes() }, {}, undefined],
    [
      'a no to the channel under a later general yes',
      { marketing: yes(9), 'marketing:email': no(1) },
      {},
      'consent_refused',
    ],
    ['a yes to the channel after a general no', { marketing: no(1), 'marketing:email': yes(2) }, {}, undefined],
    ['a general no after a yes to the channel', { marketing: no(2), 'marketing:email': yes(1) }, {}, 'consent_refused'],
    ['a no and a yes of one moment', { marketing: no(1), 'marketing:email': yes(1) }, {}, 'consent_refused'],
    ['a no, of a transactional offer', { marketing: no() }, { kind: 'transactional' }, undefined],
    ['nothing, of a mandatory offer', {}, { kind: 'mandatory' }, undefined],
  ])('with %s', (_, consents, over, expected) => {
    expect(reason(consents, over)).toBe(expected);
  });

  test('is explained in words', () => {
    expect(consentBlock(new Map(), question)?.detail).toBe('The customer has not agreed to marketing by email.');
  });
});
