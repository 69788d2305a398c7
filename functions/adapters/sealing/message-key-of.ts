import { createHash, hkdfSync } from 'node:crypto';

/** Begins what is sealed for a key pair, the second format. The first is base64, which has no dot. Each sign is paid for with each refused event. */
export const pairMark = '2.';

/** What AES-256-GCM takes for one text. */
interface MessageKey {
  readonly key: Buffer;
  readonly iv: Buffer;
}

/**
 * Key and nonce of the one text that an ephemeral key is for: HKDF-SHA-256 (RFC 5869) of the agreed secret, bound to both public
 * halves as HPKE's DHKEM is (RFC 9180, 4.1). No nonce comes twice under a key, because no ephemeral key does.
 */
export function messageKeyOf(agreed: Buffer, ephemeral: string, recipient: string): MessageKey {
  const salt = createHash('sha256').update(`${ephemeral} ${recipient}`).digest();
  const bytes = Buffer.from(hkdfSync('sha256', agreed, salt, 'lemniscate sealed for a pair', 32 + 12));
  return { key: bytes.subarray(0, 32), iv: bytes.subarray(32) };
}
