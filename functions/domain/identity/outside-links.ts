import type { Cluster } from './cluster.ts';
import { type IdentifierRules, rulesOfKey } from './identifier-rules.ts';
import type { Link } from './identity-graph.ts';
import { sharingIn } from './sharing.ts';

/** A link of a cluster with somebody who stands in another one. */
export interface OutsideLink extends Pick<Link, 'atMs' | 'isAlias' | 'seenIn'> {
  /** The end of the higher priority: its persona led the interactions. */
  readonly leading: string;
  readonly other: string;
}

/**
 * The links that are to join clusters that are not one yet: those of an identifier that was shared, whose users stayed where they
 * were, and that is theirs now.
 */
export function outsideLinks(cluster: Cluster, rules: IdentifierRules): OutsideLink[] {
  const outside = cluster.links.filter(({ a, b }) => cluster.members.has(a) !== cluster.members.has(b));
  if (outside.length === 0) return [];
  const { shared, past } = sharingIn(cluster, rules);
  return outside
    .filter((link) => !past.has(link) && !shared.has(link.a) && !shared.has(link.b))
    .map(({ a, b, recordedMs: _, ...link }) => {
      const isFirst = rulesOfKey(a, rules).priority >= rulesOfKey(b, rules).priority;
      return { ...link, leading: isFirst ? a : b, other: isFirst ? b : a };
    });
}
