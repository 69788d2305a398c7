import { hkdfSync } from 'node:crypto';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readIdentitySecret } from './secret-identity-key.ts';

/** What the stage signs with keys of its own: links that unsubscribe, and webhooks, whose receivers are told theirs. */
export type KeyPurpose = 'unsubscribe' | 'webhook';

/** The key of a purpose, made from the identity key (HKDF, RFC 5869), which it does not tell. */
export function derivedKeyOf(secret: string, purpose: KeyPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `lemniscate ${purpose}`, 32));
}

/** Reads the stage's key of a purpose. Throws {@link UnexpectedShapeError}. */
export async function readDerivedKey(
  client: SecretsManagerClient,
  secretArn: string,
  purpose: KeyPurpose,
): Promise<Buffer> {
  return derivedKeyOf(await readIdentitySecret(client, secretArn), purpose);
}
