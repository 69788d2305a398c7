import { createHash } from 'node:crypto';

/** 64 bits of a text's SHA-256: two questions of one key differ by mistake, not by design. */
export function fingerprintOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest().subarray(0, 8).toString('base64url');
}
