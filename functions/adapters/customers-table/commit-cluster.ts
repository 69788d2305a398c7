import { type AttributeValue, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { Store } from '#adapters/dynamodb/batch-reader.ts';
import { conditionalWrite, ifAbsent, ifVersion } from '#adapters/dynamodb/conditional-write.ts';
import type { Cluster } from '#domain/identity/cluster.ts';
import type { ClusterChange } from '#domain/identity/cluster-step.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import { gather } from '#runtime/gather.ts';
import { clusterAttributes, isSamePointer, movedAttributes, pointerAttributes, pointersOf } from './identity-items.ts';
import { regroupedLedgerPuts } from './regrouped-ledger-puts.ts';

/**
 * TransactWriteItems takes a hundred items: the cluster, up to 64 ledgers (`mostRegrouped`), up to 9 new pointers and as many
 * clusters that became part of this one (`linksACommit`), and then whatever has room.
 */
const largestTransaction = 100;

type Put = Pick<PutItemCommand['input'], 'ConditionExpression' | 'ExpressionAttributeValues'> & {
  readonly Item: Record<string, AttributeValue>;
};

/**
 * Writes a change of clusters, all or nothing, if none of them changed since it was read: the clusters, the contact ledgers of
 * every customer that won or lost somebody, the pointers of new members and as many others as fit. The rest follows, named in
 * the cluster until it is done, and readers notice what is missing.
 */
export async function commitCluster(store: Store, change: ClusterChange, nowMs: number): Promise<'saved' | 'conflict'> {
  const { created, moved } = pointerPuts(change);
  const ledgers = await regroupedLedgerPuts(store, change, nowMs);
  const fixed = [...ledgers, ...created, ...change.absorbed.map((clusterId) => movedPut(clusterId, change))];
  const room = Math.max(0, largestTransaction - 1 - fixed.length);
  const later = moved.slice(room);
  const cluster = { ...change.cluster, pending: later.map(({ key }) => key) };
  const puts = [clusterPut(cluster, change, nowMs), ...fixed, ...moved.slice(0, room).map(({ put }) => put)];
  const TransactItems = puts.map((put) => ({ Put: { TableName: store.table, ...put } }));
  const outcome = await conditionalWrite(store.client.send(new TransactWriteItemsCommand({ TransactItems })));
  if (outcome === 'saved') await finishPointers(store, cluster, nowMs);
  return outcome;
}

/** Writes the pointers that a cluster still owes to its members, and then says so in the cluster. */
export async function finishPointers({ client, table }: Store, cluster: Cluster, nowMs: number): Promise<void> {
  if (cluster.pending.length === 0) return;
  const pointers = pointersOf(cluster);
  await gather(cluster.pending, 16, async (key) => {
    const pointer = pointers.get(key);
    if (pointer === undefined) return;
    await unlessNewer(new PutItemCommand({ TableName: table, ...pointerPut(key, pointer) }));
  });
  const done = { ...cluster, version: cluster.version + 1, pending: [] };
  await unlessNewer(
    new PutItemCommand({ TableName: table, Item: clusterAttributes(done, [], nowMs), ...ifVersion(cluster.version) }),
  );

  async function unlessNewer(command: PutItemCommand): Promise<void> {
    await conditionalWrite(client.send(command));
  }
}

/** Writes the pointers of some members anew, whatever they are, unless the cluster changed since it was read. */
export async function rewritePointers(
  store: Store,
  cluster: Cluster,
  keys: readonly string[],
  nowMs: number,
): Promise<'saved' | 'conflict'> {
  const owing = { ...cluster, version: cluster.version + 1, pending: [...new Set([...cluster.pending, ...keys])] };
  const put = { Item: clusterAttributes(owing, [], nowMs), ...ifVersion(cluster.version) };
  const outcome = await conditionalWrite(store.client.send(new PutItemCommand({ TableName: store.table, ...put })));
  if (outcome === 'saved') await finishPointers(store, owing, nowMs);
  return outcome;
}

/** The pointers of new members, which must not be there, and those of others that lead elsewhere now or are still owed. */
function pointerPuts({ before, cluster }: ClusterChange) {
  const known = new Map(before.flatMap((each) => [...pointersOf(each)]));
  const owed = new Set(before.flatMap(({ pending }) => pending));
  const created: Put[] = [];
  const moved: { readonly key: string; readonly put: Put }[] = [];
  for (const [key, pointer] of pointersOf(cluster)) {
    const old = known.get(key);
    if (old === undefined) {
      created.push({
        Item: pointerAttributes(personaOfKey(key), pointer),
        ...ifAbsent,
      });
    } else if (owed.has(key) || !isSamePointer(old, pointer)) moved.push({ key, put: pointerPut(key, pointer) });
  }
  return { created, moved };
}

/** A pointer that takes the place of an older one. */
function pointerPut(key: string, pointer: Parameters<typeof pointerAttributes>[1]): Put {
  return {
    Item: pointerAttributes(personaOfKey(key), pointer),
    ConditionExpression: 'attribute_not_exists(pk) OR version < :epoch',
    ExpressionAttributeValues: { ':epoch': { N: String(pointer.epoch) } },
  };
}

function clusterPut(cluster: Cluster, { before, events }: ClusterChange, nowMs: number): Put {
  const old = before.find(({ clusterId }) => clusterId === cluster.clusterId);
  return { Item: clusterAttributes(cluster, events, nowMs), ...ifVersion(old?.version) };
}

function movedPut(clusterId: string, { before, cluster }: ClusterChange): Put {
  const old = before.find((each) => each.clusterId === clusterId);
  return { Item: movedAttributes(clusterId, cluster.clusterId, cluster.version), ...ifVersion(old?.version) };
}
