import { expect, test } from 'vitest';
import { authorizeTouchpoint } from '#handlers/api/authorize-touchpoint/authorize-touchpoint.ts';
import { credential, fakeCredentials } from '#support/fakes/fake-credentials.ts';

const handle = authorizeTouchpoint({
  credentials: fakeCredentials({
    'web-key': credential({ scopes: ['collect', 'read'] }),
    'old-key': credential({ revokedAt: '2026-01-01T00:00:00.000Z' }),
  }),
});

test.each([
  [
    'a known key',
    'web-key',
    { credential: 'known', credentialId: 'c-1', touchpoint: 'web', scopes: 'collect read', trust: 'server' },
  ],
  ['a revoked key', 'old-key', { credential: 'revoked' }],
  ['an unknown key', 'nobody', { credential: 'unknown' }],
  ['a prototype’s name', 'constructor', { credential: 'unknown' }],
])('lets %s through with what it found out', async (_, key, context) => {
  expect(await handle({ headers: { 'x-write-key': key } })).toEqual({ isAuthorized: true, context });
});

test('lets a request without a key through as absent', async () => {
  expect(await handle({ headers: {} })).toEqual({ isAuthorized: true, context: { credential: 'absent' } });
});
