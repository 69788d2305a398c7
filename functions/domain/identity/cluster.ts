import { personaOfKey } from './identifier-key.ts';
import { type IdentifierRules, rulesOfKey } from './identifier-rules.ts';
import {
  type Cut,
  type IdentityGraph,
  joinLinks,
  joinMembers,
  type Link,
  lastSeenIn,
  type Member,
  sayingOf,
} from './identity-graph.ts';
import type { HistoryEntry } from './identity-history.ts';
import { partitionOf } from './partition.ts';
import type { Word } from './word.ts';

/** A member of a cluster with the customer that it is part of. */
export interface ClusterMember extends Member {
  readonly customerId: string;
}

/**
 * Everything known of identifiers that links reach from one another, those refused, cut or shared included: it may hold
 * several customers. It is stored as one item, the truth about all of them.
 */
export interface Cluster extends IdentityGraph {
  readonly clusterId: string;
  /** Grows with every write; greater than that of every cluster that became part of this one. */
  readonly version: number;
  readonly members: ReadonlyMap<string, ClusterMember>;
  /** What happened, oldest first; the lake has all of it. */
  readonly history: readonly HistoryEntry[];
  /** Members whose pointers are still to be written. */
  readonly pending: readonly string[];
  /** Whether members are still on their way to the customers that the graph makes: see `regroupInPart`. */
  readonly isRegrouping?: true;
}

/** A larger cluster would not fit its item of 400 KB, which holds its history and what changed too. Links that would make one are refused. */
export const largestClusterBytes = 300_000;

/** A claim that would make a larger cluster is not taken: who fills a cluster with claims fills none that others need. */
export const largestClaimedBytes = 8_000;

/** About what a graph takes in its item: as was measured of random members, each a customer, random links and the longest cuts. */
export function bytesOf({ members, links, cuts }: Pick<IdentityGraph, 'members' | 'links' | 'cuts'>): number {
  let bytes = 50 * members.size + 16 * links.length;
  const outside = new Set(links.flatMap(({ a, b }) => [a, b]).filter((key) => !members.has(key)));
  bytes += 50 * outside.size + 5 * links.filter(({ seenIn }) => seenIn !== undefined).length;
  for (const { value = '', words = [] } of members.values()) {
    bytes += Buffer.byteLength(value);
    for (const { by } of words) bytes += by === undefined || members.has(by) ? 20 : 70;
  }
  for (const { left, right } of cuts) bytes += 200 + 4 * (left.length + right.length);
  return bytes;
}

/** What a cluster is told. */
export interface ClusterUpdate {
  readonly members: ReadonlyMap<string, Member>;
  readonly links: readonly Link[];
  /** Members that are told of though no link names them: a claimed identifier, with its claimant when it holds it. */
  readonly claimed?: ReadonlySet<string>;
  /** Identifiers outside that are known to be shared. */
  readonly shared?: ReadonlySet<string>;
  readonly cut?: Cut | undefined;
}

/** The graph of clusters and news together. */
export function graphOf(
  clusters: readonly Cluster[],
  { members: told, links, shared: known, cut }: ClusterUpdate,
): IdentityGraph {
  const members = new Map<string, Member>();
  for (const source of [...clusters.map((cluster) => cluster.members), told]) {
    for (const [key, member] of source) members.set(key, joinMembers(members.get(key), member));
  }
  const joined = joinLinks(...clusters.map((cluster) => cluster.links), links);
  const ends = new Set(joined.flatMap(({ a, b }) => [a, b]));
  const shared = new Set([...clusters.flatMap((cluster) => [...cluster.shared]), ...(known ?? [])]);
  return {
    members,
    shared: shared.intersection(ends),
    links: joined,
    cuts: [...clusters.flatMap((cluster) => cluster.cuts), ...(cut === undefined ? [] : [cut])],
  };
}

/** A graph as the next version of clusters, of which the largest keeps its id, with every member's customer. */
export function nextCluster(
  before: readonly Cluster[],
  graph: IdentityGraph,
  rules: IdentifierRules,
): { readonly cluster: Cluster; readonly refusals: ReturnType<typeof partitionOf>['refusals'] } {
  const { groups, refusals, shared } = partitionOf(graph, rules);
  const members = new Map<string, ClusterMember>();
  for (const { customerId, members: keys } of groups) {
    for (const key of keys) members.set(key, { ...graph.members.get(key), customerId });
  }
  const [largest] = [...before].sort((a, b) => b.members.size - a.members.size || (a.clusterId < b.clusterId ? -1 : 1));
  const [firstKey = ''] = [...members.keys()].sort();
  return {
    cluster: {
      ...graph,
      clusterId: largest?.clusterId ?? personaOfKey(firstKey),
      version: Math.max(0, ...before.map(({ version }) => version)) + 1,
      members,
      shared,
      history: before.flatMap(({ history }) => history),
      pending: [],
    },
    refusals,
  };
}

/** Whether a link says something of other clusters than that of its shared end: one to a shared identifier of lower priority does not. */
export function isTelling(link: Link, isShared: (key: string) => boolean, rules: IdentifierRules): boolean {
  const [a, b] = [rulesOfKey(link.a, rules).priority, rulesOfKey(link.b, rules).priority];
  if (isShared(link.a) && a <= b) return false;
  return !(isShared(link.b) && b <= a);
}

/** The members of a customer in the order of their keys. */
export function membersOf(cluster: Cluster, customerId: string): string[] {
  return [...cluster.members].flatMap(([key, member]) => (member.customerId === customerId ? [key] : [])).sort();
}

/** Ids of a customer's personas, in order: of the members that have one. */
export function personasOf(cluster: Cluster, customerId: string): string[] {
  return membersOf(cluster, customerId)
    .filter((key) => cluster.members.get(key)?.firstMs !== undefined)
    .map(personaOfKey)
    .sort();
}

/** The key of the member whose persona has the id. */
export function keyOfPersona(cluster: Cluster, personaId: string): string | undefined {
  return [...cluster.members.keys()].find((key) => personaOfKey(key) === personaId);
}

/** Whether two graphs say the same: members, links and their last sights, cuts and what is shared, not when it was recorded. */
export function saysNothingNew(before: Cluster, { members, links, cuts, shared }: IdentityGraph): boolean {
  const sightOf = (link: Link) => `${sayingOf(link)} ${lastSeenIn(link)}`;
  const told = new Set(before.links.map(sightOf));
  return (
    members.size === before.members.size &&
    [...members].every(([key, { firstMs, value, words = [] }]) => {
      const known = before.members.get(key);
      return (
        known !== undefined &&
        known.firstMs === firstMs &&
        known.value === value &&
        isSameWords(known.words ?? [], words)
      );
    }) &&
    links.length === before.links.length &&
    links.every((link) => told.has(sightOf(link))) &&
    cuts.length === before.cuts.length &&
    isSameSet(shared, before.shared)
  );
}

function isSameSet(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return some.size === others.size && [...some].every((key) => others.has(key));
}

function isSameWords(some: readonly Word[], others: readonly Word[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ atMs, by }, index) => others[index]?.atMs === atMs && others[index]?.by === by)
  );
}
