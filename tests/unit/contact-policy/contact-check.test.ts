import { describe, expect, test } from 'vitest';
import { dayMs } from '#domain/calendar/days.ts';
import { contactBlock } from '#domain/contact-policy/contact-check.ts';
import { type Contact, emptyLedger, withContacts } from '#domain/contact-policy/contact-ledger.ts';
import type { ContactPolicy } from '#domain/contact-policy/contact-policy.ts';
import type { CountedResponse } from '#domain/profile/responses.ts';
import { candidate, contact, policy } from '#support/builders/contact.ts';

const at = (iso: string) => Date.parse(`${iso}Z`);
const now = at('2026-03-10T12:00:00');
const daysAgo = (days: number, over: Partial<Contact> = {}) => contact({ atMs: now - days * dayMs, ...over });

function block(
  policies: ContactPolicy | ContactPolicy[],
  contacts: Contact[],
  over: {
    candidate?: Parameters<typeof candidate>[0];
    responses?: CountedResponse[];
    nowMs?: number;
    zone?: string;
  } = {},
) {
  return contactBlock(
    {
      policies: [policies].flat(),
      ledger: withContacts(emptyLedger(['p1']), contacts),
      responses: over.responses ?? [],
      nowMs: over.nowMs ?? now,
      zone: over.zone ?? 'UTC',
    },
    candidate(over.candidate),
  );
}

describe('a rolling cap', () => {
  const twoAWeek = policy({ caps: [{ per: 'total', most: 2, windowDays: 7 }] });

  test('lets contacts through below it, and tells from it on when the next is possible', () => {
    expect(block(twoAWeek, [daysAgo(3)])).toBeUndefined();
    expect(block(twoAWeek, [daysAgo(3), daysAgo(1)])).toEqual({
      reason: 'contact_cap',
      policyId: 'pressure',
      detail: 'Had 2 of 2 contacts in the last 7 days; next possible on 14 March 2026 at 12:00.',
      untilMs: now + 4 * dayMs,
    });
  });

  test('opens at the very millisecond that it told', () => {
    const contacts = [daysAgo(3), daysAgo(1)];
    expect(block(twoAWeek, contacts, { nowMs: now + 4 * dayMs - 1 })?.reason).toBe('contact_cap');
    expect(block(twoAWeek, contacts, { nowMs: now + 4 * dayMs })).toBeUndefined();
  });

  test('that is over-full, as after a merge, waits until there is room', () => {
    expect(block(twoAWeek, [daysAgo(6), daysAgo(5), daysAgo(1)])).toMatchObject({ untilMs: now + 2 * dayMs });
  });

  test('counts contacts that a clock ahead has written', () => {
    expect(block(twoAWeek, [daysAgo(-0.001), daysAgo(-0.002)])?.reason).toBe('contact_cap');
  });

  test('of nothing never opens', () => {
    expect(block(policy({ caps: [{ per: 'channel', name: 'sms', most: 0, windowDays: 7 }] }), [])).toBeUndefined();
    expect(
      block(policy({ caps: [{ per: 'channel', name: 'sms', most: 0, windowDays: 7 }] }), [], {
        candidate: { channel: 'sms' },
      }),
    ).toEqual({
      reason: 'contact_cap',
      policyId: 'pressure',
      detail: 'Had 0 of 0 contacts by sms in the last 7 days.',
    });
  });

  test.each([
    ['total', { channel: 'sms', group: 'cards', offerId: 'card', treatmentId: 'card-sms' }],
    ['channel', { group: 'cards', offerId: 'card', treatmentId: 'card-mail' }],
    ['group', { channel: 'sms', offerId: 'mortgage', treatmentId: 'mortgage-sms' }],
    ['offer', { channel: 'sms', treatmentId: 'loan-sms' }],
    ['treatment', {}],
  ] as const)('per %s counts what is alike in it', (per, alike) => {
    expect(block(policy({ caps: [{ per, most: 1, windowDays: 7 }] }), [daysAgo(1, alike)])?.reason).toBe('contact_cap');
  });

  test.each([
    ['channel', { channel: 'sms' }],
    ['group', { group: 'cards' }],
    ['offer', { offerId: 'card' }],
    ['treatment', { treatmentId: 'loan-2' }],
  ] as const)('per %s does not count what is not', (per, other) => {
    expect(block(policy({ caps: [{ per, most: 1, windowDays: 7 }] }), [daysAgo(1, other)])).toBeUndefined();
  });

  test('with a name is about that one alone', () => {
    const calls = policy({ caps: [{ per: 'channel', name: 'telesales', most: 1, windowDays: 7 }] });
    const contacts = [daysAgo(1), daysAgo(1, { channel: 'telesales', decisionId: 'call' })];
    expect(block(calls, contacts)).toBeUndefined();
    expect(block(calls, contacts, { candidate: { channel: 'telesales' } })?.detail).toBe(
      'Had 1 of 1 contacts by telesales in the last 7 days; next possible on 16 March 2026 at 12:00.',
    );
  });

  test('counts both directions together unless it names one', () => {
    const inbound = daysAgo(1, { direction: 'inbound' });
    expect(block(policy({ caps: [{ per: 'total', most: 1, windowDays: 7 }] }), [inbound])?.reason).toBe('contact_cap');
    const outboundOnly = policy({ caps: [{ per: 'total', most: 1, windowDays: 7, directions: ['outbound'] }] });
    expect(block(outboundOnly, [inbound])).toBeUndefined();
    expect(block(outboundOnly, [daysAgo(1)])?.detail).toContain('Had 1 of 1 outbound contacts');
    expect(block(outboundOnly, [daysAgo(1)], { candidate: { direction: 'inbound' } })).toBeUndefined();
  });

  test('neither holds exempt kinds nor counts them', () => {
    expect(block(twoAWeek, [daysAgo(1), daysAgo(2)], { candidate: { kind: 'transactional' } })).toBeUndefined();
    expect(block(twoAWeek, [daysAgo(1), daysAgo(2, { kind: 'mandatory' })])).toBeUndefined();
    const forAll = policy({ caps: [{ per: 'total', most: 1, windowDays: 7 }], exemptKinds: [] });
    expect(block(forAll, [daysAgo(1)], { candidate: { kind: 'transactional' } })?.reason).toBe('contact_cap');
  });

  test('of several that hold is told by the one that holds longest', () => {
    const daily = policy({ policyId: 'daily', caps: [{ per: 'total', most: 1, windowDays: 1 }] });
    for (const policies of [
      [daily, twoAWeek],
      [twoAWeek, daily],
    ]) {
      const longest = { policyId: 'pressure', untilMs: now + 4 * dayMs };
      expect(block(policies, [daysAgo(3), daysAgo(0.5)])).toMatchObject(longest);
    }
  });
});

describe('a rest', () => {
  const today = Math.floor(now / dayMs);
  const ignored = (daysBack: number, over: Partial<CountedResponse> = {}): CountedResponse => ({
    disposition: 'ignored',
    treatmentId: 'loan-mail',
    offerId: 'loan',
    group: 'loans',
    channel: 'email',
    day: today - daysBack,
    count: 1,
    ...over,
  });
  const resting = (scope: 'offer' | 'treatment' | 'group' | 'channel' | 'total' = 'offer') =>
    policy({ rests: [{ after: 'ignored', times: 2, withinDays: 30, restDays: 60, scope }] });

  test('begins with the second time within 30 days and lasts 60 days', () => {
    expect(block(resting(), [], { responses: [ignored(10)] })).toBeUndefined();
    expect(block(resting(), [], { responses: [ignored(10), ignored(2)] })).toEqual({
      reason: 'resting',
      policyId: 'pressure',
      detail:
        'The offer loan was ignored twice within 30 days, and a rest of 60 days follows; next possible on 8 May 2026 at 00:00.',
      untilMs: at('2026-05-08T00:00:00'),
    });
  });

  test('counts several of one day, of one treatment and of two', () => {
    expect(block(resting(), [], { responses: [ignored(2, { count: 2 })] })?.reason).toBe('resting');
    const ofTwo = [ignored(2), ignored(2, { treatmentId: 'loan-sms' })];
    expect(block(resting(), [], { responses: ofTwo })?.reason).toBe('resting');
    expect(block(resting('treatment'), [], { responses: ofTwo })).toBeUndefined();
  });

  test.each([
    ['two times 29 days apart', [ignored(31), ignored(2)], 'resting'],
    ['two times 30 days apart', [ignored(32), ignored(2)], undefined],
    ['a rest on its last day', [ignored(61), ignored(60)], 'resting'],
    ['a rest that is over', [ignored(62), ignored(61)], undefined],
    ['other outcomes', [ignored(3, { disposition: 'clicked' }), ignored(2)], undefined],
    ['an old pair and a new single one', [ignored(91), ignored(90), ignored(1)], undefined],
  ])('after %s', (_, responses, reason) => {
    expect(block(resting(), [], { responses })?.reason).toBe(reason);
  });

  test.each([
    ['treatment', { treatmentId: 'other' }, undefined],
    ['offer', { treatmentId: 'other' }, 'resting'],
    ['offer', { offerId: 'other' }, undefined],
    ['group', { offerId: 'other' }, 'resting'],
    ['group', { group: 'other' }, undefined],
    ['channel', { group: 'other' }, 'resting'],
    ['channel', { channel: 'sms' }, undefined],
    ['total', { channel: 'sms' }, 'resting'],
  ] as const)('of scope %s looks at responses with %o', (scope, over, reason) => {
    expect(block(resting(scope), [], { responses: [ignored(1, over), ignored(2, over)] })?.reason).toBe(reason);
  });

  test('holds exempt kinds only when it is about their own offer or treatment', () => {
    const responses = [ignored(1), ignored(2)];
    const mandatory = { kind: 'mandatory' } as const;
    expect(block(resting('offer'), [], { responses, candidate: mandatory })?.reason).toBe('resting');
    expect(block(resting('total'), [], { responses, candidate: mandatory })).toBeUndefined();
  });
});

describe('quiet hours', () => {
  const night = policy({ quietHours: [{ from: '21:00', to: '08:00' }] });
  const quiet = (local: string, zone: string, policies = night) =>
    block(policies, [], { nowMs: Date.parse(local), zone })?.untilMs;

  test.each([
    ['20:59', '2026-03-10T20:59:59+01:00', undefined],
    ['21:00', '2026-03-10T21:00:00+01:00', '2026-03-11T08:00:00+01:00'],
    ['midnight', '2026-03-11T00:00:00+01:00', '2026-03-11T08:00:00+01:00'],
    ['07:59', '2026-03-11T07:59:59+01:00', '2026-03-11T08:00:00+01:00'],
    ['08:00', '2026-03-11T08:00:00+01:00', undefined],
    ['the night in which the clock goes forward', '2026-03-28T23:00:00+01:00', '2026-03-29T08:00:00+02:00'],
    ['the night in which it goes back', '2026-10-24T23:00:00+02:00', '2026-10-25T08:00:00+01:00'],
  ])('at %s', (_, local, until) => {
    expect(quiet(local, 'Europe/Berlin')).toBe(until && Date.parse(until));
  });

  test('are the customer’s own: the same instant is day elsewhere', () => {
    expect(quiet('2026-03-10T21:30:00+01:00', 'America/New_York')).toBeUndefined();
    expect(quiet('2026-03-10T12:30:00+01:00', 'Asia/Tokyo')).toBeUndefined();
    expect(quiet('2026-03-10T13:30:00+01:00', 'Asia/Tokyo')).toBe(Date.parse('2026-03-11T08:00:00+09:00'));
  });

  test.each([
    [
      'that end in the hour left out end when the clock goes forward',
      '02:30',
      '2026-03-29T01:00:00+01:00',
      '2026-03-29T03:00:00+02:00',
    ],
    [
      'that end in the hour that comes twice end in the first',
      '02:30',
      '2026-10-25T01:00:00+02:00',
      '2026-10-25T02:30:00+02:00',
    ],
    ['go on when the clock shows them again', '02:30', '2026-10-25T02:10:00+01:00', '2026-10-25T02:30:00+01:00'],
  ])('%s', (_, to, local, until) => {
    const policies = policy({ quietHours: [{ from: '22:00', to }] });
    expect(quiet(local, 'Europe/Berlin', policies)).toBe(Date.parse(until));
  });

  test.each([
    ['12:59', '2026-03-10T12:59:59Z', undefined],
    ['13:00', '2026-03-10T13:00:00Z', '2026-03-10T15:00:00Z'],
    ['14:59', '2026-03-10T14:59:59Z', '2026-03-10T15:00:00Z'],
    ['15:00', '2026-03-10T15:00:00Z', undefined],
  ])('within one day, at %s', (_, local, until) => {
    const siesta = policy({ quietHours: [{ from: '13:00', to: '15:00' }] });
    expect(quiet(local, 'UTC', siesta)).toBe(until && Date.parse(until));
  });

  test('that begin when they end are none', () => {
    const none = policy({ quietHours: [{ from: '12:00', to: '12:00' }] });
    for (const time of ['00:00', '11:59', '12:00', '12:01']) {
      expect([time, block(none, [], { nowMs: at(`2026-03-10T${time}:00`) })]).toEqual([time, undefined]);
    }
  });

  test('of two channels hold each of them and no third', () => {
    const nowMs = at('2026-03-10T22:00:00');
    const both = policy({ quietHours: [{ from: '21:00', to: '08:00', channels: ['telesales', 'sms'] }] });
    const held = ['telesales', 'sms', 'email'].map((channel) => block(both, [], { nowMs, candidate: { channel } }));
    expect(held.map((each) => each?.reason)).toEqual(['quiet_hours', 'quiet_hours', undefined]);
  });

  test('within one day, of one channel', () => {
    const siesta = policy({ quietHours: [{ from: '13:00', to: '15:00', channels: ['telesales'] }] });
    const nowMs = at('2026-03-10T14:00:00');
    expect(block(siesta, [], { nowMs })).toBeUndefined();
    expect(block(siesta, [], { nowMs, candidate: { channel: 'telesales' } })).toEqual({
      reason: 'quiet_hours',
      policyId: 'pressure',
      detail: 'It is 14:00 for the customer, and quiet from 13:00 to 15:00; next possible on 10 March 2026 at 15:00.',
      untilMs: at('2026-03-10T15:00:00'),
    });
  });

  test('do not hold who comes by themselves, nor exempt kinds unless the policy says so', () => {
    const nowMs = at('2026-03-10T22:00:00');
    expect(block(night, [], { nowMs, candidate: { direction: 'inbound' } })).toBeUndefined();
    expect(block(night, [], { nowMs, candidate: { kind: 'transactional' } })).toBeUndefined();
    const strict = policy({ quietHours: [{ from: '21:00', to: '08:00' }], exemptKinds: [] });
    expect(block(strict, [], { nowMs, candidate: { kind: 'transactional' } })?.reason).toBe('quiet_hours');
  });

  test('put off what a cap would let through within them, and one follows on another', () => {
    const capped = policy({ policyId: 'daily', caps: [{ per: 'total', most: 1, windowDays: 1 }] });
    const contacts = [contact({ atMs: at('2026-03-10T20:00:00') })];
    const early = policy({ policyId: 'early', quietHours: [{ from: '08:00', to: '09:30' }] });
    expect(
      block([capped, night, early], contacts, { nowMs: at('2026-03-10T20:30:00'), zone: 'Europe/Berlin' }),
    ).toEqual({
      reason: 'contact_cap',
      policyId: 'daily',
      detail: 'Had 1 of 1 contacts in the last day; next possible on 12 March 2026 at 09:30.',
      untilMs: Date.parse('2026-03-12T09:30:00+01:00'),
    });
  });

  test('that leave no minute have no end', () => {
    const always = policy({
      quietHours: [
        { from: '21:00', to: '08:00' },
        { from: '08:00', to: '21:00' },
      ],
    });
    expect(block(always, [])).toEqual({
      reason: 'quiet_hours',
      policyId: 'pressure',
      detail: 'It is 12:00 for the customer, and quiet from 08:00 to 21:00.',
    });
  });
});
