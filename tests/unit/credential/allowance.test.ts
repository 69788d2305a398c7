import { expect, test } from 'vitest';
import { callerOf } from '#domain/credential/access.ts';
import type { Credential } from '#domain/credential/credential.ts';
import { credential } from '#support/fakes/fake-credentials.ts';

test.each<[string, Partial<Credential>, object]>([
  ['a public key has a rate', { trust: 'public' }, { eventsPerSecond: 500 }],
  ['one that may only collect is public', {}, { eventsPerSecond: 500 }],
  ['a server’s key has none', { trust: 'server' }, {}],
  ['what is stored comes first', { eventsPerSecond: 3, eventsPerDay: 10 }, { eventsPerSecond: 3, eventsPerDay: 10 }],
  ['a server’s key may have a quota alone', { trust: 'server', eventsPerDay: 10 }, { eventsPerDay: 10 }],
])('%s', (_, stored, allowance) => {
  const allowed = Object.entries(callerOf(credential(stored))).filter(([name]) => name.startsWith('events'));
  expect(Object.fromEntries(allowed)).toEqual(allowance);
});
