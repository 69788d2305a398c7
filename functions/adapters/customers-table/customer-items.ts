import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Store } from '#adapters/dynamodb/batch-reader.ts';
import type { ItemKey } from '#adapters/dynamodb/read-items.ts';
import { membersOf, personasOf } from '#domain/identity/cluster.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import { UnexpectedShapeError } from '#runtime/errors.ts';
import { clusterFrom, pointerFrom } from './identity-items.ts';
import { clusterAt } from './identity-neighbourhood.ts';
import { clusterKey, personaKey, pointerKey } from './keys.ts';
import { fromAttributes, type StoredItem } from './persona-items.ts';

/** A customer as it is stored. */
export interface CustomerItems {
  readonly customerId: string;
  /** Ids of the personas of all its identifiers, in order. */
  readonly personaIds: readonly string[];
  /** The states of those that have one, by persona id. */
  readonly states: ReadonlyMap<string, StoredItem>;
  /** The item that `ofCustomer` names. */
  readonly own: Record<string, AttributeValue> | undefined;
}

/** What is read with a customer, in the same round trips. */
export interface ReadToo {
  /** Called once a persona; what it gives is waited for. */
  readonly also?: (personaId: string) => Promise<unknown>;
  /** An item of the customer itself. */
  readonly ofCustomer?: (customerId: string) => ItemKey;
}

/**
 * The customer that a persona is part of. One round trip reads its state and its pointer; if it has one, another reads the
 * cluster and the states of those that the pointer names. What the cluster says is the truth: a pointer that is not written yet
 * costs a third.
 */
export async function customerItems(
  store: Store,
  personaId: string,
  { also = async () => {}, ofCustomer }: ReadToo = {},
): Promise<CustomerItems> {
  const states = new Map<string, StoredItem>();
  const asked = new Set<string>();
  const owns = new Map<string, Record<string, AttributeValue> | undefined>();

  /** Reads states, other items, and what a customer has of its own if it is the one that the personas are thought to be of. */
  async function read(personaIds: readonly string[], keys: readonly ItemKey[], customerId: string) {
    const stateKeys = personaIds.map(personaKey);
    const ownKey = owns.has(customerId) ? undefined : ofCustomer?.(customerId);
    const wanted = [...stateKeys, ...keys, ...(ownKey === undefined ? [] : [ownKey])];
    const [items] = await Promise.all([store.read(wanted), ...personaIds.map(also)]);
    if (ownKey !== undefined) owns.set(customerId, items.get(ownKey));
    for (const id of personaIds) {
      const item = items.get(personaKey(id));
      asked.add(id);
      if (item !== undefined) states.set(id, fromAttributes(item));
    }
    return items;
  }

  const pointerItem = (await read([personaId], [pointerKey(personaId)], personaId)).get(pointerKey(personaId));
  if (pointerItem === undefined)
    return { customerId: personaId, personaIds: [personaId], states, own: owns.get(personaId) };
  const pointer = pointerFrom(pointerItem);
  const others = pointer.personaIds.filter((id) => id !== personaId);
  const atCluster = clusterKey(pointer.clusterId);
  const item = (await read(others, [atCluster], pointer.customerId)).get(atCluster);
  if (item === undefined) throw new UnexpectedShapeError(`The cluster ${pointer.clusterId} is not there`);
  const stored = clusterFrom(item);
  const cluster = stored.kind === 'cluster' ? stored.cluster : await clusterAt(store, stored.movedTo);

  const own = [...cluster.members].find(([key]) => personaOfKey(key) === personaId);
  const customerId = own?.[1].customerId ?? pointer.customerId;
  const withState = personasOf(cluster, customerId);
  const unread = withState.filter((id) => !asked.has(id));
  if (unread.length > 0 || (ofCustomer !== undefined && !owns.has(customerId))) await read(unread, [], customerId);
  const personaIds = membersOf(cluster, customerId).map(personaOfKey).sort();
  const known = new Map([...states].filter(([id]) => personaIds.includes(id)));
  return { customerId, personaIds, states: known, own: owns.get(customerId) };
}
