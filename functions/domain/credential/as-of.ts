import type { Credential } from './credential.ts';

/** A credential as it is at a moment: one whose key has expired is revoked. */
export function asOf(credential: Credential, nowMs: number): Credential {
  const { expiresAt, revokedAt } = credential;
  if (revokedAt !== undefined || expiresAt === undefined || Date.parse(expiresAt) > nowMs) return credential;
  return { ...credential, revokedAt: expiresAt };
}
