import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readIdentityKey } from '#adapters/secret-identity-key.ts';
import { outputOf } from '#scripts/target.ts';
import type { AuditedRun, SentMessage } from './audited-run.ts';

/** A run's messages by the persona that they belong to. */
export async function messagesByPersona(
  { target }: AuditedRun,
  messages: readonly SentMessage[],
): Promise<Map<string, SentMessage['message'][]>> {
  const client = new SecretsManagerClient(target.client);
  const key = await readIdentityKey(client, outputOf(target, 'IdentityKeySecretArn'));
  client.destroy();
  return Map.groupBy(
    messages.map(({ message }) => message),
    ({ userId, anonymousId }) =>
      userId === undefined
        ? key.personaId('anonymous_id', String(anonymousId))
        : key.personaId('user_id', String(userId)),
  );
}
