import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readIdentityKey } from '#adapters/secrets-manager/secret-identity-key.ts';
import { outputOf } from '#scripts/target/target.ts';
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
    (message) => key.personaId(...primaryOf(message)),
  );
}

/** The identifier that names a message's persona, said again with nothing of the domain's code: of the account, the device, the browser. */
function primaryOf({ userId, anonymousId, context }: SentMessage['message']): [type: string, value: string] {
  const deviceId: unknown = Object(Object(context).device).id;
  if (userId !== undefined) return ['user_id', String(userId)];
  return deviceId === undefined ? ['anonymous_id', String(anonymousId)] : ['device_id', String(deviceId)];
}
