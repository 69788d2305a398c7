import { BatchWriteItemCommand, type DynamoDBClient, PutItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import {
  clusterAttributes,
  clusterFrom,
  pointerAttributes,
  pointersOf,
} from '#adapters/customers-table/identity-items.ts';
import { clusterSort, customerPartition, personaSort } from '#adapters/customers-table/keys.ts';
import { fromAttributes, toAttributes } from '#adapters/customers-table/persona-items.ts';
import type { Cluster } from '#domain/identity/cluster.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import { encodeState } from '#domain/profile/state-codec.ts';
import { interaction } from '#support/builders/interaction.ts';

/** Saves an identifier's persona as it is after interactions at these times. */
export async function savePersona(client: DynamoDBClient, table: string, key: string, ...timesMs: number[]) {
  await client.send(new PutItemCommand({ TableName: table, Item: stateItem(key, ...timesMs) }));
}

function stateItem(key: string, ...timesMs: number[]) {
  const personaId = personaOfKey(key);
  const interactions = timesMs.map((time) =>
    interaction({
      messageId: `${key} ${time}`,
      occurredAt: new Date(time).toISOString(),
      receivedAt: new Date(time).toISOString(),
      identifiers: [{ key }],
    }),
  );
  return toAttributes({
    pk: customerPartition(personaId),
    sk: personaSort(personaId),
    version: 1,
    record: encodeState(fold(personaMemory(), interactions).state),
  });
}

/** Stores a cluster with the pointers of its members and the states of those that have a persona, as they are once all is written. */
export async function storeCluster(client: DynamoDBClient, table: string, cluster: Cluster) {
  const pointers = [...pointersOf(cluster)].map(([key, pointer]) => pointerAttributes(personaOfKey(key), pointer));
  const states = [...cluster.members].flatMap(([key, { firstMs }]) =>
    firstMs === undefined ? [] : [stateItem(key, firstMs)],
  );
  const items = [clusterAttributes(cluster, [], 0), ...pointers, ...states];
  while (items.length > 0) {
    const some = items.splice(0, 25).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: some } }));
  }
}

/** All clusters of the table but those that became part of others. */
export async function clustersIn(client: DynamoDBClient, table: string): Promise<Cluster[]> {
  const clusters: Cluster[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table, ConsistentRead: true })) {
    for (const item of Items.filter(({ sk }) => sk?.S === clusterSort)) {
      const stored = clusterFrom(item);
      if (stored.kind === 'cluster') clusters.push(stored.cluster);
    }
  }
  return clusters;
}

/** Every pointer of the table, by the persona's id: the ids of the customer that it leads to and of its personas. */
export async function pointersIn(client: DynamoDBClient, table: string): Promise<Map<string, string>> {
  const pointers = new Map<string, string>();
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table, ConsistentRead: true })) {
    for (const item of Items.filter(({ sk }) => sk?.S === 'persona!identity').map(fromAttributes)) {
      const { customerId, personaIds } = JSON.parse(item.record);
      pointers.set(item.pk.slice(customerPartition('').length), [customerId, ...personaIds].join(' '));
    }
  }
  return pointers;
}

/** A client that counts its calls and round trips, and can be made to stop answering after one: what it asked for has happened. */
export function watched(client: DynamoDBClient) {
  let left = Number.POSITIVE_INFINITY;
  const calls: string[] = [];
  let [inFlight, roundTrips] = [0, 0];
  const send = async (command: { constructor: { name: string } }) => {
    if (left <= 0) throw new Error('crashed');
    left -= 1;
    calls.push(command.constructor.name.replace('Command', ''));
    if (inFlight === 0) roundTrips += 1;
    inFlight += 1;
    const answer = await client.send(command as never).finally(() => {
      inFlight -= 1;
    });
    if (left <= 0) throw new Error('crashed');
    return answer;
  };
  return {
    client: new Proxy(client, { get: (target, name) => (name === 'send' ? send : Reflect.get(target, name)) }),
    calls,
    /** How often it waited: calls that overlap count as one. */
    roundTrips: () => roundTrips,
    /** Its process ends when this many more calls have had their effect. */
    crashAfter(number: number) {
      left = number;
    },
  };
}
