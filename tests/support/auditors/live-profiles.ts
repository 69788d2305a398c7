import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { fromAttributes } from '#adapters/persona-items.ts';
import { readIdentityKey } from '#adapters/secret-identity-key.ts';
import { decodeState, type PersonaState } from '#domain/profile/profile.ts';
import { outputOf, type Target } from '#scripts/target.ts';
import type { AuditedRun, SentMessage } from './audited-run.ts';

/** The stored state of every persona, by persona id. */
export async function liveProfiles(target: Target): Promise<Map<string, PersonaState>> {
  const client = new DynamoDBClient(target.client);
  const states = new Map<string, PersonaState>();
  const input = {
    TableName: outputOf(target, 'CustomersTableName'),
    ConsistentRead: true,
    FilterExpression: 'begins_with(sk, :persona)',
    ExpressionAttributeValues: { ':persona': { S: 'persona#' } },
  };
  for await (const { Items = [] } of paginateScan({ client }, input)) {
    for (const { sk, record } of Items.map(fromAttributes))
      states.set(sk.slice('persona#'.length), decodeState(record));
  }
  client.destroy();
  return states;
}

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
