import { createPublicKey, type KeyObject } from 'node:crypto';
import { UnexpectedShapeError } from '#runtime/errors.ts';

/** The public half of an X25519 key: 32 bytes in base64url. Throws {@link UnexpectedShapeError} for a key of another kind. */
export function publicHalfOf(privateKey: KeyObject): string {
  const { crv, x } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (crv !== 'X25519' || x === undefined) throw new UnexpectedShapeError(`Expected an X25519 key, got ${crv}`);
  return x;
}
