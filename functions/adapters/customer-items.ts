import { membersOf, personasOf } from '#domain/identity/cluster.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import { UnexpectedShapeError } from '#shared/errors.ts';
import { clusterFrom, clusterKey, pointerFrom, pointerKey } from './identity-items.ts';
import { clusterAt, type Store } from './identity-surroundings.ts';
import { customerPartition, fromAttributes, personaSort, type StoredItem } from './persona-items.ts';
import { type ItemKey, readItems } from './read-items.ts';

/** A customer as it is stored. */
export interface CustomerItems {
  readonly customerId: string;
  /** Ids of the personas of all its identifiers, in order. */
  readonly personaIds: readonly string[];
  /** The states of those that have one, by persona id. */
  readonly states: ReadonlyMap<string, StoredItem>;
}

/**
 * The customer that a persona is part of. One round trip reads its state and its pointer; if it has one, another reads the
 * cluster and the states of those that the pointer names. What the cluster says is the truth: a pointer that is not written yet
 * costs a third. `also` is called once a persona, and what it gives is waited for in the same round trip.
 */
export async function customerItems(
  store: Store,
  personaId: string,
  also: (personaId: string) => Promise<unknown> = async () => {},
): Promise<CustomerItems> {
  const states = new Map<string, StoredItem>();
  const asked = new Set<string>();

  async function read(personaIds: readonly string[], keys: readonly ItemKey[]) {
    const stateKeys = personaIds.map((id) => ({ pk: customerPartition(id), sk: personaSort(id) }));
    const [items] = await Promise.all([
      readItems(store.client, store.table, [...stateKeys, ...keys]),
      ...personaIds.map(also),
    ]);
    for (const id of personaIds) {
      const item = items.get({ pk: customerPartition(id), sk: personaSort(id) });
      asked.add(id);
      if (item !== undefined) states.set(id, fromAttributes(item));
    }
    return items;
  }

  const pointerItem = (await read([personaId], [pointerKey(personaId)])).get(pointerKey(personaId));
  if (pointerItem === undefined) return { customerId: personaId, personaIds: [personaId], states };
  const pointer = pointerFrom(pointerItem);
  const others = pointer.personaIds.filter((id) => id !== personaId);
  const item = (await read(others, [clusterKey(pointer.clusterId)])).get(clusterKey(pointer.clusterId));
  if (item === undefined) throw new UnexpectedShapeError(`The cluster ${pointer.clusterId} is not there`);
  const stored = clusterFrom(item);
  const cluster = stored.kind === 'cluster' ? stored.cluster : await clusterAt(store, stored.movedTo);

  const own = [...cluster.members].find(([key]) => personaOfKey(key) === personaId);
  const customerId = own?.[1].customerId ?? pointer.customerId;
  const withState = personasOf(cluster, customerId);
  const unread = withState.filter((id) => !asked.has(id));
  if (unread.length > 0) await read(unread, []);
  const personaIds = membersOf(cluster, customerId).map(personaOfKey).sort();
  return { customerId, personaIds, states: new Map([...states].filter(([id]) => personaIds.includes(id))) };
}
