import { createCipheriv, createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { Sealer } from '#ports/sealer.ts';
import { messageKeyOf, pairMark } from './message-key-of.ts';
import { publicHalfOf } from './public-half-of.ts';

/**
 * Seals for whoever has the other half of a key pair (X25519, 32 bytes in base64url): each text under an ephemeral key of its own,
 * which is forgotten at once. Throws an Error when that is no public half.
 */
export function sealerOf(publicHalf: string): Sealer {
  const recipient = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: publicHalf }, format: 'jwk' });
  return {
    seal(text) {
      const { privateKey } = generateKeyPairSync('x25519');
      const ephemeral = publicHalfOf(privateKey);
      const agreed = diffieHellman({ privateKey, publicKey: recipient });
      const { key, iv } = messageKeyOf(agreed, ephemeral, publicHalf);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(pairMark));
      const sealed = Buffer.concat([cipher.update(deflateRawSync(Buffer.from(text, 'utf8'))), cipher.final()]);
      return `${pairMark}${Buffer.concat([Buffer.from(ephemeral, 'base64url'), cipher.getAuthTag(), sealed]).toString('base64')}`;
    },
  };
}
