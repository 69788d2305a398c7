import type { Store } from '#adapters/dynamodb/batch-reader.ts';
import type { Cluster } from '#domain/identity/cluster.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import { type Link, linkOf } from '#domain/identity/identity-graph.ts';
import type { Word } from '#domain/identity/word.ts';
import { isOwnKey } from '#domain/interaction/standing.ts';
import { decodeState } from '#domain/profile/state-codec.ts';
import { UnexpectedShapeError } from '#runtime/errors.ts';
import { clusterFrom, type Pointer, pointerFrom } from './identity-items.ts';
import { clusterKey, personaKey, pointerKey } from './keys.ts';
import { fromAttributes } from './persona-items.ts';

/** What is stored around some identifiers. */
export interface Neighbourhood {
  /** The clusters that they are in, but not those that they share in as a kiosk does. */
  readonly clusters: readonly Cluster[];
  /** Those that are in no cluster and have a persona. */
  readonly lonePersonas: ReadonlySet<string>;
  /** When the personas of those that have one were first there, as their states say. */
  readonly seenFirstMs: ReadonlyMap<string, number>;
  /** Who told first of those that have a persona and may be known to others, as their states say. */
  readonly heard: ReadonlyMap<string, Word>;
  /** Those that are shared, with the cluster that says so. */
  readonly shared: ReadonlyMap<string, Cluster>;
}

/** Reads pointers and states of identifiers, then their clusters: two round trips, one when nothing links them. */
export async function neighbourhoodOf(store: Store, keys: readonly string[]): Promise<Neighbourhood> {
  const items = await store.read(keys.flatMap((key) => [pointerKey(personaOfKey(key)), personaKey(personaOfKey(key))]));
  const pointers = new Map<string, Pointer>();
  const seenFirstMs = new Map<string, number>();
  const heard = new Map<string, Word>();
  const lonePersonas = new Set<string>();
  for (const key of keys) {
    const pointer = items.get(pointerKey(personaOfKey(key)));
    const state = items.get(personaKey(personaOfKey(key)));
    if (pointer !== undefined) pointers.set(key, pointerFrom(pointer));
    if (state === undefined) continue;
    const { seen, heard: word } = decodeState(fromAttributes(state).record);
    if (seen !== undefined) seenFirstMs.set(key, seen.first);
    // A state of before words were kept is known since ever.
    if (!isOwnKey(key)) heard.set(key, word ?? { atMs: 0 });
    if (pointer === undefined) lonePersonas.add(key);
  }
  const byId = await clustersAt(store, new Set([...pointers.values()].map(({ clusterId }) => clusterId)));
  const clusters = new Map<string, Cluster>();
  const shared = new Map<string, Cluster>();
  for (const [key, { clusterId }] of pointers) {
    const cluster = byId.get(clusterId);
    if (cluster === undefined) continue;
    // What is shared joins nobody: whom a kiosk is linked to must not grow into one cluster.
    if (cluster.shared.has(key)) shared.set(key, cluster);
    else clusters.set(cluster.clusterId, cluster);
  }
  return { clusters: [...clusters.values()], lonePersonas, seenFirstMs, heard, shared };
}

/** The links of the interactions that identifiers led, as far as their personas remember them. */
export async function ledLinks(store: Store, keys: readonly string[], nowMs: number): Promise<Link[]> {
  const items = await store.read(keys.map((key) => personaKey(personaOfKey(key))));
  return keys.flatMap((key) => {
    const item = items.get(personaKey(personaOfKey(key)));
    if (item === undefined) return [];
    const { links, sights } = decodeState(fromAttributes(item).record);
    return [...links].map(([other, atMs]) => linkOf(key, other, atMs, nowMs, sights.get(other)));
  });
}

/** The cluster of an id; if it became part of another one, that one. Throws {@link UnexpectedShapeError} when there is none. */
export async function clusterAt(store: Store, clusterId: string): Promise<Cluster> {
  const cluster = (await clustersAt(store, new Set([clusterId]))).get(clusterId);
  if (cluster === undefined)
    throw new UnexpectedShapeError(`A pointer leads to the cluster ${clusterId}, which is not there`);
  return cluster;
}

/** Clusters by the ids that were asked for; one round trip, and more for those that became part of others. */
async function clustersAt(store: Store, clusterIds: ReadonlySet<string>): Promise<Map<string, Cluster>> {
  const items = await store.read([...clusterIds].map(clusterKey));
  const found = new Map<string, Cluster>();
  for (const clusterId of clusterIds) {
    const item = items.get(clusterKey(clusterId));
    if (item === undefined)
      throw new UnexpectedShapeError(`A pointer leads to the cluster ${clusterId}, which is not there`);
    const stored = clusterFrom(item);
    found.set(clusterId, stored.kind === 'cluster' ? stored.cluster : await clusterAt(store, stored.movedTo));
  }
  return found;
}
