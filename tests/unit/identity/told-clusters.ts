import type { Cluster } from '#domain/identity/cluster.ts';
import { decodeCluster, encodeCluster } from '#domain/identity/cluster-codec.ts';
import { stepCluster } from '#domain/identity/cluster-step.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import type { IdentifierRules } from '#domain/identity/identifier-rules.ts';
import { joinLinks, type Link, type Member, pairOf } from '#domain/identity/identity-graph.ts';
import { outsideLinks } from '#domain/identity/outside-links.ts';
import { lowerEnd } from '#domain/identity/sharing.ts';

/** Clusters as the table has them, told of links one after the other; each is stored as its text. */
export function toldClusters(rules: IdentifierRules) {
  let clusters: Cluster[] = [];
  let writes = 0;
  let time = 0;
  // As a persona does, which tells of a link its first and its last time.
  const remembered = new Map<string, Link>();

  /** One step of some clusters; whether anything changed. */
  function step(before: readonly Cluster[], members: ReadonlyMap<string, Member>, links: readonly Link[]): boolean {
    const ends = links.flatMap(({ a, b }) => [a, b]);
    const shared = new Set(ends.filter((key) => ownerOf(key) !== undefined));
    const first = stepCluster(before, { members, links, shared }, new Set(), rules, time);
    const reopened =
      first.kind === 'changed'
        ? first.events.flatMap((event) => (event.kind === 'unshare' ? [event.identifier] : []))
        : [];
    const led = [...remembered.values()].filter((link) => reopened.some((key) => isLed(link, key)));
    const all = [...links, ...led.map((link) => ({ ...link, recordedMs: time }))];
    const made =
      led.length === 0 ? first : stepCluster(before, { members, links: all, shared }, new Set(), rules, time);
    if (made.kind !== 'changed') return false;
    writes += 1;
    const { clusterId, version } = made.cluster;
    const stored = decodeCluster(clusterId, version, encodeCluster(made.cluster));
    clusters = [...clusters.filter((each) => !before.includes(each)), stored];
    return true;
  }

  const ownerOf = (key: string) => clusters.find((each) => each.members.has(key) && each.shared.has(key));
  const isLed = (link: Link, key: string) =>
    (link.a === key || link.b === key) && ![key, undefined].includes(lowerEnd(link, rules));
  const around = (link: Link) =>
    clusters.filter(({ members, shared }) => [link.a, link.b].some((key) => members.has(key) && !shared.has(key)));

  /** One attempt to tell of a link; whether anything changed, so that there may be more. */
  function tellOnce(link: Link, members: ReadonlyMap<string, Member>): boolean {
    const touched = around(link);
    const owner = ownerOf(lowerEnd(link, rules) ?? '');
    if (owner !== undefined && !touched.includes(owner) && step([owner], new Map(), [link])) return true;
    return step(touched, members, [link]);
  }

  return {
    tell(link: Link, members: ReadonlyMap<string, Member>): void {
      time += 1;
      const [known] = joinLinks([remembered.get(pairOf(link)), link].filter((each) => each !== undefined));
      if (known === undefined) return;
      remembered.set(pairOf(link), known);
      const told = new Map([known.a, known.b].map((key) => [key, members.get(key) ?? {}]));
      for (;;) {
        if (tellOnce({ ...known, recordedMs: time }, told)) continue;
        const outside = around(known).flatMap((cluster) => outsideLinks(cluster, rules));
        const isMore = outside.some(({ leading, other, ...more }) => {
          const [a = '', b = ''] = [leading, other].sort();
          const ends = new Map([a, b].map((key) => [key, members.get(key) ?? {}]));
          return tellOnce({ ...more, a, b, recordedMs: time }, ends);
        });
        if (!isMore) return;
      }
    },
    clusters: () => clusters,
    writes: () => writes,
    customerOf: (key: string) =>
      clusters.find(({ members }) => members.has(key))?.members.get(key)?.customerId ?? personaOfKey(key),
  };
}
