import { createHash } from 'node:crypto';

/** A new decision's id: a UUID (version 7) whose last two digits are free for the decisions of a batch. */
export function newDecisionId(newId: () => string): string {
  return `${newId().slice(0, -2)}00`;
}

/** The id of the decision that a caller's idempotency key names for ever: a UUID (version 8) of its hash. */
export function decisionIdOf(credentialId: string, idempotencyKey: string): string {
  const hex = createHash('sha256').update(`${credentialId}:${idempotencyKey}`, 'utf8').digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 30)}00`;
}
