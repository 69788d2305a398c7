import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { fromAttributes, personaOfSort, personaSort } from '#adapters/persona-items.ts';
import { decodeState, type PersonaState } from '#domain/profile/profile.ts';
import { outputOf, type Target } from '../target.ts';

/** The stored state of every persona, by persona id. */
export async function livePersonas(target: Target): Promise<Map<string, PersonaState>> {
  const client = new DynamoDBClient(target.client);
  const states = new Map<string, PersonaState>();
  const input = {
    TableName: outputOf(target, 'CustomersTableName'),
    ConsistentRead: true,
    FilterExpression: 'begins_with(sk, :persona)',
    ExpressionAttributeValues: { ':persona': { S: personaSort('') } },
  };
  for await (const { Items = [] } of paginateScan({ client }, input)) {
    for (const { sk, record } of Items.map(fromAttributes)) states.set(personaOfSort(sk), decodeState(record));
  }
  client.destroy();
  return states;
}
