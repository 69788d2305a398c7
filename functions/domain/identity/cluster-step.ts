import {
  bytesOf,
  type Cluster,
  type ClusterUpdate,
  graphOf,
  isTelling,
  largestClusterBytes,
  nextCluster,
  saysNothingNew,
} from './cluster.ts';
import { clusterEvents, refusalEvent } from './cluster-events.ts';
import type { IdentifierRules } from './identifier-rules.ts';
import type { IdentityEvent } from './identity-change.ts';
import type { IdentityGraph, Link } from './identity-graph.ts';
import { extendHistory } from './identity-history.ts';
import { regroupInPart } from './regroup-in-part.ts';
import { sharingIn } from './sharing.ts';

/** What clusters become: one, and what changed by it. */
export interface ClusterChange {
  readonly before: readonly Cluster[];
  readonly cluster: Cluster;
  /** Ids of the clusters that became part of it. */
  readonly absorbed: readonly string[];
  readonly events: readonly IdentityEvent[];
}

/**
 * What comes of news. `full`: their links would make the cluster too large. Several links are then to be told one by one, for some
 * may have room; a single one is refused, which may be left to record. Nothing else of the news was taken.
 */
export type ClusterStep =
  | ({ readonly kind: 'changed' } & ClusterChange)
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'full'; readonly record?: ClusterChange };

/**
 * Tells clusters, all of those that the news touch, what is new: they become one. `lonePersonas` are the keys among the
 * news that were in no cluster and have a persona. The order in which news come has no influence on the members' customers,
 * as long as the cluster stays under its largest size; links past that are refused as they come. A change of too many customers at
 * once is made in steps: a cluster that `isRegrouping` is to be told again, of nothing new.
 */
export function stepCluster(
  before: readonly Cluster[],
  update: ClusterUpdate,
  lonePersonas: ReadonlySet<string>,
  rules: IdentifierRules,
  nowMs: number,
): ClusterStep {
  const known = new Set([...(update.shared ?? [])].filter((key) => !before.some(({ members }) => members.has(key))));
  const links = update.links.filter((link) => isTelling(link, (key) => known.has(key), rules));
  const ends = new Set(links.flatMap(({ a, b }) => [a, b]).filter((key) => !known.has(key)));
  const isMember = (key: string) =>
    ends.has(key) || update.claimed?.has(key) === true || before.some(({ members }) => members.has(key));
  const members = new Map([...update.members].filter(([key]) => isMember(key)));
  const graph = withoutSpare(graphOf(before, { ...update, members, links }), rules);
  if (graph.members.size === 0) return { kind: 'unchanged' };
  const [only, ...others] = before;
  if (only !== undefined && others.length === 0 && !only.isRegrouping && saysNothingNew(only, graph)) {
    return { kind: 'unchanged' };
  }
  const isGrowing = graph.links.length > before.reduce((sum, cluster) => sum + cluster.links.length, 0);
  if (isGrowing && bytesOf(graph) > largestClusterBytes) return refuse(before, links, nowMs);
  const { cluster: target, refusals } = nextCluster(before, graph, rules);
  const cluster = regroupInPart(before, target);
  const events = clusterEvents({ before, after: cluster, refusals, lonePersonas, cut: update.cut }, rules);
  const absorbed = before.flatMap(({ clusterId }) => (clusterId === cluster.clusterId ? [] : [clusterId]));
  const history = extendHistory(cluster.history, events, nowMs);
  return { kind: 'changed', before, cluster: { ...cluster, history }, absorbed, events };
}

/** A graph with what is shared in it now, and without the links that say nothing more. */
function withoutSpare(graph: IdentityGraph, rules: IdentifierRules): IdentityGraph {
  const { shared, spare } = sharingIn(graph, rules);
  return { ...graph, shared, links: graph.links.filter((link) => !spare.has(link)) };
}

/** Records in the largest cluster, once, that a link would have made it too large. */
function refuse(before: readonly Cluster[], [link, ...others]: readonly Link[], nowMs: number): ClusterStep {
  const [largest] = [...before].sort((a, b) => b.members.size - a.members.size);
  if (largest === undefined || link === undefined || others.length > 0) return { kind: 'full' };
  const isRecorded = largest.history.some(
    ({ event }) =>
      event.kind === 'refusal' &&
      event.reason === 'cluster_full' &&
      event.identifier === link.a &&
      event.otherIdentifier === link.b,
  );
  if (isRecorded) return { kind: 'full' };
  const events = [refusalEvent({ link, reason: 'cluster_full' }, largest)];
  const history = extendHistory(largest.history, events, nowMs);
  const cluster = { ...largest, version: largest.version + 1, history };
  return { kind: 'full', record: { before: [largest], cluster, absorbed: [], events } };
}
