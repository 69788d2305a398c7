import { generateKeyPairSync } from 'node:crypto';
import { publicHalfOf } from '#adapters/sealing/public-half-of.ts';

/** A new sealing key: its private half in PEM, and its public half. */
export function sealingPair() {
  const { privateKey } = generateKeyPairSync('x25519');
  return {
    privateHalf: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicHalf: publicHalfOf(privateKey),
  };
}
