import { expect, test } from 'vitest';
import { callerOf } from '#domain/credential/access.ts';
import { asOf } from '#domain/credential/as-of.ts';
import { credential } from '#support/fakes/fake-credentials.ts';

const endsAt = '2026-03-17T12:00:00.000Z';
const end = Date.parse(endsAt);

test('a key that was rotated goes on until its end, and is revoked from then on', () => {
  const old = { ...credential({}), expiresAt: endsAt };
  expect(callerOf(asOf(old, end - 1)).credential).toBe('known');
  expect(callerOf(asOf(old, end)).credential).toBe('revoked');
});

test('an earlier revocation stays what it is', () => {
  const revoked = { ...credential({}), expiresAt: endsAt, revokedAt: '2026-03-11T12:00:00.000Z' };
  expect(asOf(revoked, end + 1).revokedAt).toBe('2026-03-11T12:00:00.000Z');
});
