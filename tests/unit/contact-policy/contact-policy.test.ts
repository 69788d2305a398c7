import { expect, test } from 'vitest';
import { ContactPolicy } from '#domain/contact-policy/contact-policy.ts';
import { responseWindow } from '#domain/profile/responses.ts';

const cap = { per: 'total', most: 1, windowDays: 7 };
const rest = { after: 'ignored', withinDays: 30, restDays: 60, scope: 'offer' };
const hours = { from: '21:00', to: '08:00' };
const caps = (over: object) => ({ caps: [{ ...cap, ...over }] });
const rests = (over: object) => ({ rests: [{ ...rest, ...over }] });
const quietHours = (over: object) => ({ quietHours: [{ ...hours, ...over }] });
const times = (count: number, one: object) => Array.from({ length: count }, () => one);
const isTaken = (over: object) => ContactPolicy.safeParse({ policyId: 'pressure', ...over }).success;

test.each<[string, object, object]>([
  ['a window of 366 days', caps({ windowDays: 366 }), caps({ windowDays: 367 })],
  ['a window of a day', caps({ windowDays: 1 }), caps({ windowDays: 0 })],
  ['no contact at all', caps({ most: 0 }), caps({ most: -1 })],
  ['1,000 contacts in a window', caps({ most: 1000 }), caps({ most: 1001 })],
  ['50 caps', { caps: times(50, cap) }, { caps: times(51, cap) }],
  ['a cap on a channel', caps({ per: 'channel', name: 'email' }), caps({ per: 'channel', name: 'carrier pigeon' })],
  ['a cap on all channels', caps({ per: 'channel' }), caps({ per: 'channel', name: '' })],
  ['a cap on one group', caps({ per: 'group', name: 'loans' }), caps({ per: 'total', name: 'loans' })],
  ['a cap on one direction', caps({ directions: ['inbound'] }), caps({ directions: [] })],
  ['a rest after one time', rests({ times: 1 }), rests({ times: 0 })],
  ['a rest after 100 times', rests({ times: 100 }), rests({ times: 101 })],
  ['50 rests', { rests: times(50, rest) }, { rests: times(51, rest) }],
  [
    'a rest as long as responses are kept',
    rests({ withinDays: 1, restDays: responseWindow.buckets - 1 }),
    rests({ withinDays: 1, restDays: responseWindow.buckets }),
  ],
  ['20 quiet hours', { quietHours: times(20, hours) }, { quietHours: times(21, hours) }],
  ['quiet hours up to 23:59', quietHours({ to: '23:59' }), quietHours({ to: '24:00' })],
  ['quiet hours of a channel', quietHours({ channels: ['sms'] }), quietHours({ channels: [] })],
])('a policy may have %s, and nothing past it', (_, last, past) => {
  expect([isTaken(last), isTaken(past)]).toEqual([true, false]);
});

test('a policy that says no more holds nothing back, and spares what answers an order or a duty', () => {
  expect(ContactPolicy.parse({ policyId: 'pressure' })).toEqual({
    policyId: 'pressure',
    caps: [],
    rests: [],
    quietHours: [],
    exemptKinds: ['transactional', 'mandatory'],
  });
  expect(ContactPolicy.parse({ policyId: 'pressure', rests: [rest] }).rests).toEqual([{ ...rest, times: 1 }]);
});
