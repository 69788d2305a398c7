import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { personaOfHash } from '#domain/identity/identifier-key.ts';
import type { IdentityKey } from '#ports';
import { UnexpectedShapeError } from '#shared/errors.ts';

const ivBytes = 12;
const tagBytes = 16;

/** Reads the identity key from Secrets Manager. Call it once per cold start. */
export async function readIdentityKey(client: SecretsManagerClient, secretArn: string): Promise<IdentityKey> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  if (!SecretString || SecretString.length < 32)
    throw new UnexpectedShapeError('The identity key needs at least 32 characters');
  return identityKeyOf(SecretString);
}

/**
 * The identity key made from a secret: HMAC-SHA-256 cut to 128 bits for identifiers, AES-256-GCM with a key of its own
 * (HKDF, RFC 5869) for sealing.
 */
export function identityKeyOf(secret: string): IdentityKey {
  const sealingKey = Buffer.from(hkdfSync('sha256', secret, '', 'lemniscate sealed payload', 32));
  const hash = (type: string, value: string) =>
    createHmac('sha256', secret).update(`${type}:${value}`, 'utf8').digest('hex').slice(0, 32);

  return {
    hash,
    personaId: (type, value) => personaOfHash(hash(type, value)),
    seal(text) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', sealingKey, iv, { authTagLength: tagBytes });
      const sealed = Buffer.concat([cipher.update(deflateRawSync(Buffer.from(text, 'utf8'))), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', sealingKey, bytes.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      const opened = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
      return inflateRawSync(opened).toString('utf8');
    },
  };
}
