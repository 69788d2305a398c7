import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { packText, unpackText } from '#adapters/dynamodb/packed-text.ts';
import { type Cluster, personasOf } from '#domain/identity/cluster.ts';
import { decodeCluster, encodeCluster } from '#domain/identity/cluster-codec.ts';
import { IdentityEvent } from '#domain/identity/identity-change.ts';
import { parseJson } from '#runtime/parse.ts';
import { clusterKey, clusterOfPartition, pointerKey } from './keys.ts';
import { packedAttributes, packedItemFrom } from './packed-items.ts';

/** Where a persona's cluster is, and a copy of what it says of the persona: enough to read all states in the next round trip. */
export interface Pointer {
  readonly clusterId: string;
  readonly customerId: string;
  /** Ids of the customer's personas that have a state, in order. */
  readonly personaIds: readonly string[];
  /** Whether its identifier is shared. */
  readonly isShared: boolean;
  /** Version of the cluster that it was copied from. */
  readonly epoch: number;
}

const PointerRecord = z.object({
  clusterId: z.string(),
  customerId: z.string(),
  personaIds: z.array(z.string()),
  isShared: z.boolean(),
});

/** What stands where a cluster was that became part of another. */
const Moved = z.object({ movedTo: z.string() });

/** A cluster as it is stored, or where it went. */
export type StoredCluster =
  | { readonly kind: 'cluster'; readonly cluster: Cluster }
  | { readonly kind: 'moved'; readonly movedTo: string; readonly version: number };

/** What a cluster says of the pointers of its members, by key. */
export function pointersOf(cluster: Cluster): Map<string, Pointer> {
  const { clusterId, version: epoch, members, shared } = cluster;
  const customerIds = new Set([...members.values()].map(({ customerId }) => customerId));
  const personas = new Map([...customerIds].map((customerId) => [customerId, personasOf(cluster, customerId)]));
  return new Map(
    [...members].map(([key, { customerId }]) => [
      key,
      { clusterId, customerId, personaIds: personas.get(customerId) ?? [], isShared: shared.has(key), epoch },
    ]),
  );
}

/** Whether two pointers lead to the same, whatever their epochs. */
export function isSamePointer(a: Pointer, b: Pointer): boolean {
  return JSON.stringify({ ...a, epoch: 0 }) === JSON.stringify({ ...b, epoch: 0 });
}

/** A pointer as DynamoDB attributes. */
export function pointerAttributes(personaId: string, { epoch, ...record }: Pointer): Record<string, AttributeValue> {
  return packedAttributes({ ...pointerKey(personaId), version: epoch, record: JSON.stringify(record) });
}

/** Reads a pointer. Throws {@link UnexpectedShapeError}. */
export function pointerFrom(attributes: Record<string, AttributeValue>): Pointer {
  const { version, record } = packedItemFrom(attributes);
  return { ...parseJson(PointerRecord, record, 'A pointer'), epoch: version };
}

/** A cluster as DynamoDB attributes, with what changed by this version, for the table's stream. */
export function clusterAttributes(
  cluster: Cluster,
  events: readonly IdentityEvent[],
  nowMs: number,
): Record<string, AttributeValue> {
  const { clusterId, version } = cluster;
  const changes = { recordedAt: new Date(nowMs).toISOString(), events };
  return {
    ...packedAttributes({ ...clusterKey(clusterId), version, record: encodeCluster(cluster) }),
    ...(events.length === 0 ? {} : { changes: { B: packText(JSON.stringify(changes)) } }),
  };
}

/** What stays of a cluster that became part of another one, as DynamoDB attributes. */
export function movedAttributes(clusterId: string, movedTo: string, version: number): Record<string, AttributeValue> {
  return packedAttributes({ ...clusterKey(clusterId), version, record: JSON.stringify({ movedTo }) });
}

/** Reads a cluster's item. Throws {@link UnexpectedShapeError}. */
export function clusterFrom(attributes: Record<string, AttributeValue>): StoredCluster {
  const { pk, version, record } = packedItemFrom(attributes);
  const moved = Moved.safeParse(JSON.parse(record));
  if (moved.success) return { kind: 'moved', movedTo: moved.data.movedTo, version };
  return { kind: 'cluster', cluster: decodeCluster(clusterOfPartition(pk), version, record) };
}

const Changes = z.object({ recordedAt: z.iso.datetime({ precision: 3 }), events: z.array(IdentityEvent) });

/** What changed by the version of a cluster whose item the stream brings. Throws {@link UnexpectedShapeError}. */
export function clusterChangesIn(packed: Uint8Array): z.output<typeof Changes> {
  return parseJson(Changes, unpackText(packed), 'The changes of a cluster');
}
