import type { IdentityKey } from '#ports/identity-key.ts';

/** A new decision's id: a UUID (version 7) of which 66 bits are random, so that it can't be guessed from another. */
export function newDecisionId(newId: () => string): string {
  return `${newId().slice(0, -2)}00`;
}

/**
 * The id of the decision that a caller's idempotency key names for ever: a UUID (version 8) of its keyed hash, for such keys can be
 * guessed. Its variant digit tells that it is of no batch: see `batchDecisionId`.
 */
export function decisionIdOf(
  { hash }: Pick<IdentityKey, 'hash'>,
  credentialId: string,
  idempotencyKey: string,
): string {
  // No type of identifiers has a hyphen.
  const hex = hash('idempotency-key', `${credentialId}:${idempotencyKey}`);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x1) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 30)}00`;
}
