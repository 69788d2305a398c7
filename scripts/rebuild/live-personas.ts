import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { personaOfSort, personaSort } from '#adapters/customers-table/keys.ts';
import { fromAttributes } from '#adapters/customers-table/persona-items.ts';
import type { PersonaState } from '#domain/profile/persona-state.ts';
import { decodeState } from '#domain/profile/state-codec.ts';
import { outputOf, type Target } from '#scripts/target/target.ts';

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
