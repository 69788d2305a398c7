import type { ItemKey } from '#adapters/dynamodb/read-items.ts';
import { toldSorts } from '#contracts/streams.ts';
import { hash32 } from '#domain/text/stable-hash.ts';

/**
 * The key design of the customers table. What changes together and what is read together stands in one partition, and what a decision
 * reads begins alike, so that one query is billed for all of it.
 *
 * | partition               | sort key             | item                                                                       |
 * |-------------------------|----------------------|----------------------------------------------------------------------------|
 * | `customer#<id>`         | `persona#<id>`       | the persona's state with its recent records                                |
 * |                         | `persona!identity`   | the pointer to the persona's cluster                                       |
 * |                         | `persona!contacts`   | the customer's contact ledger                                              |
 * |                         | `segments`           | the customer's segments                                                    |
 * |                         | `day#<date>#<id>`    | a day of the persona that moved out of its state; it makes repeats harmless |
 * |                         | `order#<id>#<order>` | the same of an order                                                       |
 * | `cluster#<id>`          | `cluster`            | a cluster of identifiers                                                   |
 * | `due#<date>#<shard>`    | `<customer's id>`    | a customer whose segments change at the midnight with which the date begins |
 *
 * A persona stands in the partition of the customer that it is while nothing links it, and stays there.
 */
const customers = 'customer#';
const clusters = 'cluster#';
const orders = 'order#';
const { personaPrefix, cluster, segments } = toldSorts.customers;

export const customerPartition = (customerId: string) => `${customers}${customerId}`;
export const customerOfPartition = (partition: string) => partition.slice(customers.length);

export const personaSort = (personaId: string) => `${personaPrefix}${personaId}`;
export const personaOfSort = (sort: string) => sort.slice(personaPrefix.length);
export const isPersona = (sort: string) => sort.startsWith(personaPrefix);
export const personaKey = (personaId: string) => keyOf(personaId, personaSort(personaId));

export const pointerSort = 'persona!identity';
export const pointerKey = (personaId: string) => keyOf(personaId, pointerSort);

export const contactsSort = 'persona!contacts';
export const contactsKey = (customerId: string) => keyOf(customerId, contactsSort);

/** What the sort keys of a persona's state, its pointer and the ledger begin with. */
export const decisionReadsPrefix = 'persona';

export const segmentsSort = segments;
export const segmentsKey = (customerId: string) => keyOf(customerId, segmentsSort);

export const daySortPrefix = (day: string) => `day#${day}`;
export const daySort = (personaId: string, day: string) => `${daySortPrefix(day)}#${personaId}`;
export const isDay = (sort: string) => sort.startsWith(daySortPrefix(''));
/** The date of a day's sort key. */
export const dateOfSort = (sort: string) => sort.slice(daySortPrefix('').length).slice(0, 'YYYY-MM-DD'.length);

export const orderSort = (personaId: string, orderKey: string) => `${orders}${personaId}#${orderKey}`;
export const isOrder = (sort: string) => sort.startsWith(orders);

export const clusterSort = cluster;
export const clusterPartition = (clusterId: string) => `${clusters}${clusterId}`;
export const clusterOfPartition = (partition: string) => partition.slice(clusters.length);
export const clusterKey = (clusterId: string): ItemKey => ({ pk: clusterPartition(clusterId), sk: clusterSort });

/** A partition takes 1,000 writes a second, and all that is due by one day's rules is written on that day. */
const dueShards = 8;

/** Partitions of what is due at a midnight, UTC, one a shard. */
export function duePartitions(dueMs: number): string[] {
  return Array.from({ length: dueShards }, (_, shard) => duePartition(dueMs, shard));
}

/** Key of the item that says that a customer is due at a midnight. */
export function dueKey(customerId: string, dueMs: number): ItemKey {
  return { pk: duePartition(dueMs, hash32(customerId) % dueShards), sk: customerId };
}

function duePartition(dueMs: number, shard: number): string {
  return `due#${new Date(dueMs).toISOString().slice(0, 10)}#${shard}`;
}

function keyOf(customerId: string, sk: string): ItemKey {
  return { pk: customerPartition(customerId), sk };
}
