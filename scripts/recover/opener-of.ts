import { createDecipheriv, createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { messageKeyOf, pairMark } from '#adapters/sealing/message-key-of.ts';
import { publicHalfOf } from '#adapters/sealing/public-half-of.ts';
import { ownSealKeyOf } from '#adapters/secrets-manager/secret-identity-key.ts';

const tagBytes = 16;
const publicBytes = 32;
const ivBytes = 12;

/** What opens a stage's refused events. */
export interface OpeningKeys {
  /** Private half of the sealing key in PEM; `undefined` in a stage that has none yet. */
  readonly privateHalf: string | undefined;
  /** The identity key's secret, for what was sealed before there was a sealing key. */
  readonly identitySecret: string;
}

/** Opens what was sealed for the stage's sealing key, and with its identity key before. What it gives throws when a text was sealed with neither. */
export function openerOf({ privateHalf, identitySecret }: OpeningKeys): (sealed: string) => string {
  const openForPair = privateHalf === undefined ? undefined : pairOpener(privateHalf);
  const ownSealKey = ownSealKeyOf(identitySecret);
  return (sealed) => {
    if (!sealed.startsWith(pairMark)) return openOwn(sealed, ownSealKey);
    if (openForPair === undefined) throw new Error('Sealed for a sealing key, and the stage has none');
    return openForPair(sealed);
  };
}

function pairOpener(pem: string): (sealed: string) => string {
  const privateKey = createPrivateKey(pem);
  const recipient = publicHalfOf(privateKey);
  return (sealed) => {
    const bytes = Buffer.from(sealed.slice(pairMark.length), 'base64');
    const ephemeral = bytes.subarray(0, publicBytes).toString('base64url');
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: ephemeral }, format: 'jwk' });
    const { key, iv } = messageKeyOf(diffieHellman({ privateKey, publicKey }), ephemeral, recipient);
    const [tag, text] = [bytes.subarray(publicBytes, publicBytes + tagBytes), bytes.subarray(publicBytes + tagBytes)];
    return decrypted(text, { key, iv, tag, about: pairMark });
  };
}

function openOwn(sealed: string, key: Buffer): string {
  const bytes = Buffer.from(sealed, 'base64');
  const [iv, tag] = [bytes.subarray(0, ivBytes), bytes.subarray(ivBytes, ivBytes + tagBytes)];
  return decrypted(bytes.subarray(ivBytes + tagBytes), { key, iv, tag });
}

interface Lock {
  readonly key: Buffer;
  readonly iv: Buffer;
  readonly tag: Buffer;
  readonly about?: string;
}

function decrypted(text: Buffer, { key, iv, tag, about }: Lock): string {
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes }).setAuthTag(tag);
  if (about !== undefined) decipher.setAAD(Buffer.from(about));
  return inflateRawSync(Buffer.concat([decipher.update(text), decipher.final()])).toString('utf8');
}
