import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import { sealingKeyParameter } from '#adapters/parameter-store/sealing-key-parameter.ts';
import { readIdentitySecret } from '#adapters/secrets-manager/secret-identity-key.ts';
import { outputOf, type Target } from '#scripts/target/target.ts';
import type { OpeningKeys } from './opener-of.ts';

/** Reads what opens a stage's refused events: only people may. */
export async function openingKeysOf(target: Target): Promise<OpeningKeys> {
  const secrets = new SecretsManagerClient(target.client);
  const parameter = sealingKeyParameter(new SSMClient(target.client), outputOf(target, 'SealingKeyParameter'));
  const [identitySecret, privateHalf] = await Promise.all([
    readIdentitySecret(secrets, outputOf(target, 'IdentityKeySecretArn')),
    parameter.read(),
  ]);
  return { identitySecret, privateHalf };
}
