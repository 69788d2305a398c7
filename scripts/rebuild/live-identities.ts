import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import {
  clusterFrom,
  isSamePointer,
  type Pointer,
  pointerFrom,
  pointersOf,
} from '#adapters/customers-table/identity-items.ts';
import {
  clusterSort,
  customerPartition,
  personaOfSort,
  personaSort,
  pointerSort,
} from '#adapters/customers-table/keys.ts';
import type { Cluster } from '#domain/identity/cluster.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import { outputOf, type Target } from '#scripts/target/target.ts';

/** What the live table says of identities. */
export interface LiveIdentities {
  /** Customer of every linked identifier, by key. */
  readonly customers: ReadonlyMap<string, string>;
  /** Persona ids whose pointer is missing, leads elsewhere than its cluster says, or is one of nobody. */
  readonly wrongPointers: readonly string[];
  /** Persona ids that have a state of which their cluster does not know. */
  readonly unseenPersonas: readonly string[];
  readonly clusters: readonly Cluster[];
}

/** Reads every cluster and every pointer. */
export async function liveIdentities(target: Target): Promise<LiveIdentities> {
  const client = new DynamoDBClient(target.client);
  const clusters: Cluster[] = [];
  const pointers = new Map<string, Pointer>();
  const personaIds = new Set<string>();
  const input = {
    TableName: outputOf(target, 'CustomersTableName'),
    ConsistentRead: true,
    FilterExpression: 'sk IN (:cluster, :pointer) OR begins_with(sk, :persona)',
    ExpressionAttributeValues: {
      ':cluster': { S: clusterSort },
      ':pointer': { S: pointerSort },
      ':persona': { S: personaSort('') },
    },
  };
  for await (const { Items = [] } of paginateScan({ client }, input)) {
    for (const item of Items) {
      if (item.sk?.S === pointerSort) {
        pointers.set((item.pk?.S ?? '').slice(customerPartition('').length), pointerFrom(item));
        continue;
      }
      if (item.sk?.S?.startsWith(personaSort('')) === true) {
        personaIds.add(personaOfSort(item.sk.S));
        continue;
      }
      const stored = clusterFrom(item);
      if (stored.kind === 'cluster') clusters.push(stored.cluster);
    }
  }
  client.destroy();
  const expected = new Map(
    clusters.flatMap((cluster) => [...pointersOf(cluster)].map(([key, pointer]) => [personaOfKey(key), pointer])),
  );
  const wrongPointers = [...new Set([...expected.keys(), ...pointers.keys()])].filter((personaId) => {
    const [wanted, found] = [expected.get(personaId), pointers.get(personaId)];
    return wanted === undefined || found === undefined || !isSamePointer(wanted, found);
  });
  const members = clusters.flatMap((cluster) => [...cluster.members]);
  const unseenPersonas = members.flatMap(([key, { firstMs }]) => {
    const personaId = personaOfKey(key);
    return firstMs === undefined && personaIds.has(personaId) ? [personaId] : [];
  });
  const customers = new Map(members.map(([key, { customerId }]) => [key, customerId]));
  return { customers, wrongPointers, unseenPersonas, clusters };
}
