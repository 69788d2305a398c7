import { type Cluster, graphOf, isTelling, largestCluster, type News, nextCluster, saysNothingNew } from './cluster.ts';
import { clusterEvents, refusalEvent } from './cluster-events.ts';
import type { IdentifierRules } from './identifier-rules.ts';
import type { IdentityEvent } from './identity-change.ts';
import { type Link, pairOf } from './identity-graph.ts';
import { extendHistory } from './identity-history.ts';

/** What a cluster becomes by news, and what changed by it. */
export type ClusterStep =
  | {
      readonly kind: 'changed';
      readonly cluster: Cluster;
      /** Ids of the clusters that became part of it. */
      readonly absorbed: readonly string[];
      readonly events: readonly IdentityEvent[];
    }
  | { readonly kind: 'unchanged' };

/**
 * Tells clusters, all of those that the news touch, what is new: they become one. `lonePersonas` are the keys among the
 * news that were in no cluster and have a persona. The order in which news come has no influence on the members' customers,
 * as long as the cluster stays under its largest size; links past that are refused as they come.
 */
export function stepCluster(
  before: readonly Cluster[],
  news: News,
  lonePersonas: ReadonlySet<string>,
  rules: IdentifierRules,
  nowMs: number,
): ClusterStep {
  const known = new Set([...before.flatMap(({ shared }) => [...shared]), ...(news.shared ?? [])]);
  const links = news.links.filter((link) => isTelling(link, (key) => known.has(key), rules));
  const ends = new Set(links.flatMap(({ a, b }) => [a, b]).filter((key) => !known.has(key)));
  const isMember = (key: string) => ends.has(key) || before.some(({ members }) => members.has(key));
  const members = new Map([...news.members].filter(([key]) => isMember(key)));
  const graph = graphOf(before, { ...news, members, links });
  if (graph.members.size === 0) return { kind: 'unchanged' };
  const [only, ...others] = before;
  if (only !== undefined && others.length === 0 && saysNothingNew(only, graph)) return { kind: 'unchanged' };
  if (graph.members.size > largestCluster.members || graph.links.length > largestCluster.links) {
    return refuseAll(before, links, nowMs);
  }
  const { cluster, refusals } = nextCluster(before, graph, rules);
  const events = clusterEvents({ before, after: cluster, refusals, lonePersonas, cut: news.cut }, rules);
  return {
    kind: 'changed',
    cluster: { ...cluster, history: extendHistory(cluster.history, events, nowMs) },
    absorbed: before.flatMap(({ clusterId }) => (clusterId === cluster.clusterId ? [] : [clusterId])),
    events,
  };
}

/** Records in the largest cluster that links would have made it too large. */
function refuseAll(before: readonly Cluster[], links: readonly Link[], nowMs: number): ClusterStep {
  const [largest] = [...before].sort((a, b) => b.members.size - a.members.size);
  if (largest === undefined) return { kind: 'unchanged' };
  const held = new Set(largest.links.map(pairOf));
  const events = links
    .filter((link) => !held.has(pairOf(link)))
    .map((link) => refusalEvent({ link, reason: 'cluster_full' }, largest))
    .filter((event) => !largest.history.some((entry) => JSON.stringify(entry.event) === JSON.stringify(event)));
  if (events.length === 0) return { kind: 'unchanged' };
  return {
    kind: 'changed',
    cluster: {
      ...largest,
      version: largest.version + 1,
      history: extendHistory(largest.history, events, nowMs),
    },
    absorbed: [],
    events,
  };
}
