import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readIdentityKey } from '#adapters/secrets-manager/secret-identity-key.ts';
import type { IdentityKey } from '#ports/identity-key.ts';
import { environment } from '#runtime/environment.ts';
import { once } from '#runtime/once.ts';

/** The stage's identity key, read when it is first asked for. */
export function stageIdentityKey(): () => Promise<IdentityKey> {
  const { IDENTITY_KEY_SECRET_ARN } = environment('IDENTITY_KEY_SECRET_ARN');
  const secrets = new SecretsManagerClient({});
  return once(() => readIdentityKey(secrets, IDENTITY_KEY_SECRET_ARN));
}
