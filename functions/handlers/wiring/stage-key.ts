import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type KeyPurpose, readDerivedKey } from '#adapters/secrets-manager/derived-key.ts';
import { environment } from '#runtime/environment.ts';
import { once } from '#runtime/once.ts';

/** The stage's key of a purpose, read when it is first asked for. */
export function stageKey(purpose: KeyPurpose): () => Promise<Buffer> {
  const { IDENTITY_KEY_SECRET_ARN } = environment('IDENTITY_KEY_SECRET_ARN');
  const secrets = new SecretsManagerClient({});
  return once(() => readDerivedKey(secrets, IDENTITY_KEY_SECRET_ARN, purpose));
}
