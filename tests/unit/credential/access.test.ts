import { describe, expect, test } from 'vitest';
import { type Caller, callerOf, checkAccess } from '#domain/credential/access.ts';
import { scopes } from '#domain/credential/credential.ts';
import { knownCaller } from '#support/builders/http-request.ts';
import { credential } from '#support/fakes/fake-credentials.ts';

describe('the caller', () => {
  test('of a stored credential is known with its touchpoint and scopes', () => {
    expect(callerOf(credential({ scopes: ['collect', 'read'], touchpoint: 'app' }))).toEqual({
      credential: 'known',
      credentialId: 'c-1',
      touchpoint: 'app',
      scopes: 'collect read',
      trust: 'server',
    });
  });

  test('of a revoked credential is revoked', () => {
    expect(callerOf(credential({ revokedAt: '2026-01-01T00:00:00.000Z' }))).toEqual({ credential: 'revoked' });
  });

  test('of no credential is unknown', () => {
    expect(callerOf(undefined)).toEqual({ credential: 'unknown' });
  });
});

describe('access', () => {
  test.each<[Caller, number, string]>([
    [{ credential: 'absent' }, 401, 'missing_credential'],
    [{ credential: 'unknown' }, 401, 'unknown_credential'],
    [{ credential: 'revoked' }, 401, 'revoked_credential'],
    [knownCaller('read'), 403, 'missing_scope'],
    [knownCaller('admin'), 403, 'missing_scope'],
    [knownCaller(''), 403, 'missing_scope'],
    [knownCaller('collected'), 403, 'missing_scope'],
  ])('to collect is denied to %j', (caller, status, code) => {
    expect(checkAccess(caller, 'collect')).toMatchObject({ kind: 'denied', status, code });
  });

  test.each(scopes)('to %s is granted to who holds the scope', (scope) => {
    const caller = knownCaller(`x ${scope} y`);
    expect(checkAccess(caller, scope)).toEqual({ kind: 'granted', caller });
  });
});
