import { describe, expect, test } from 'vitest';
import { consentBlock } from '#domain/consent/consent-block.ts';
import type { Consent } from '#domain/consent/consent-registers.ts';

const said = (at: number) => ({ at, said: { at, sequence: 0, receivedAt: at } });
const yes = (at = 1): Consent => ({ granted: true, ...said(at) });
const no = (at = 1): Consent => ({ granted: false, ...said(at) });
const stamp = (at = 1): Consent => ({ granted: true, at });
const question = { purpose: 'marketing', channel: 'email', direction: 'outbound', kind: 'standard' } as const;
const reason = (consents: Record<string, Consent>, over: object = {}) =>
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
    [
      'a stamp of the channel after a general no',
      { marketing: no(1), 'marketing:email': stamp(9) },
      {},
      'consent_refused',
    ],
    [
      'a no to all by the channel under a later general yes',
      { '*:email': no(1), marketing: yes(2) },
      {},
      'consent_refused',
    ],
    ['a no to all by the channel before a yes to this', { '*:email': no(1), 'marketing:email': yes(2) }, {}, undefined],
    [
      'a no to all by the channel after a yes to this',
      { '*:email': no(2), 'marketing:email': yes(1) },
      {},
      'consent_refused',
    ],
    ['a no to all by another channel', { '*:sms': no(1), marketing: yes() }, {}, undefined],
    ['a no to everything before a general yes', { '*': no(1), marketing: yes(2) }, {}, undefined],
    ['a no to everything before a yes to the channel', { '*': no(1), '*:email': yes(2) }, {}, undefined],
    ['a no to everything after a general yes', { '*': no(2), marketing: yes(1) }, {}, 'consent_refused'],
    ['a no to everything after a yes to this', { '*': no(2), 'marketing:email': yes(1) }, {}, 'consent_refused'],
    ['a no to everything, inbound', { '*': no(1) }, { direction: 'inbound' }, 'consent_refused'],
    ['a yes to everything', { '*': yes(1) }, {}, undefined],
    ['an address that mail came back from', { 'address:email': no(1), marketing: yes(2) }, {}, 'address_bounced'],
    [
      'an address that mail came back from before a yes to it',
      { 'address:email': no(1), 'marketing:email': yes(2) },
      {},
      undefined,
    ],
    [
      'such an address, of a transactional offer',
      { 'address:email': no(1) },
      { kind: 'transactional' },
      'address_bounced',
    ],
    ['such an address of another channel', { 'address:sms': no(1), marketing: yes() }, {}, undefined],
    ['a no, of a transactional offer', { marketing: no() }, { kind: 'transactional' }, undefined],
    ['nothing, of a mandatory offer', {}, { kind: 'mandatory' }, undefined],
  ])('with %s', (_, consents, over, expected) => {
    expect(reason(consents, over)).toBe(expected);
  });

  test('is explained in words', () => {
    expect(consentBlock(new Map(), question)?.detail).toBe('The customer has not agreed to marketing by email.');
  });
});
