import { createCipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { personaOfHash } from '#domain/identity/identifier-key.ts';
import type { IdentityKey } from '#ports/identity-key.ts';
import { UnexpectedShapeError } from '#runtime/errors.ts';

const ivBytes = 12;
const tagBytes = 16;

/** Reads the identity key from Secrets Manager. Call it once per cold start. */
export async function readIdentityKey(client: SecretsManagerClient, secretArn: string): Promise<IdentityKey> {
  return identityKeyOf(await readIdentitySecret(client, secretArn));
}

/** Reads the text that the identity key is made of. Throws {@link UnexpectedShapeError}. */
export async function readIdentitySecret(client: SecretsManagerClient, secretArn: string): Promise<string> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  if (!SecretString || SecretString.length < 32)
    throw new UnexpectedShapeError('The identity key needs at least 32 characters');
  return SecretString;
}

/** The key that the firm's servers sign proofs with, by its id: made from the identity key (HKDF, RFC 5869), which it does not tell. */
export function proofKeyOf(secret: string, keyId: string): string {
  return Buffer.from(hkdfSync('sha256', secret, '', `lemniscate proof ${keyId}`, 32)).toString('base64url');
}

/** Reads the proof key of an id. Throws {@link UnexpectedShapeError}. */
export async function readProofKey(client: SecretsManagerClient, secretArn: string, keyId: string): Promise<string> {
  return proofKeyOf(await readIdentitySecret(client, secretArn), keyId);
}

/** The key that seals while a stage has no sealing key, and sealed before there were any: of the identity key's secret (HKDF, RFC 5869). */
export function ownSealKeyOf(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'lemniscate sealed payload', 32));
}

/** The identity key made from a secret: HMAC-SHA-256 cut to 128 bits for identifiers, AES-256-GCM for its own seal. */
export function identityKeyOf(secret: string): IdentityKey {
  const ownSealKey = ownSealKeyOf(secret);
  const hash = (type: string, value: string) =>
    createHmac('sha256', secret).update(`${type}:${value}`, 'utf8').digest('hex').slice(0, 32);

  return {
    hash,
    personaId: (type, value) => personaOfHash(hash(type, value)),
    isSigned(keyId, text, signature) {
      const expected = createHmac('sha256', proofKeyOf(secret, keyId)).update(text, 'utf8').digest();
      return signature.length === expected.length && timingSafeEqual(signature, expected);
    },
    seal(text) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', ownSealKey, iv, { authTagLength: tagBytes });
      const sealed = Buffer.concat([cipher.update(deflateRawSync(Buffer.from(text, 'utf8'))), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
    },
  };
}
