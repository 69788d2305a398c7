import type { Credential } from '#domain/credential/credential.ts';
import type { Credentials } from '#ports/credentials.ts';

/** A stored credential of a web shop that collects. */
export function credential(over: Partial<Credential> = {}): Credential {
  return {
    keyHash: '0'.repeat(64),
    credentialId: 'c-1',
    name: 'shop',
    touchpoint: 'web',
    scopes: ['collect'],
    createdAt: '2026-01-01T00:00:00.000Z',
    ...over,
  };
}

/** Credentials by their keys. */
export function fakeCredentials(byKey: Readonly<Record<string, Credential>> = {}): Credentials {
  return { find: async (key) => (Object.hasOwn(byKey, key) ? byKey[key] : undefined) };
}
