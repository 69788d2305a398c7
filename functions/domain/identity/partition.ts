import { byCodeUnit } from '#domain/text/bounded-map.ts';
import { type DisjointGroups, disjointGroups, type Refused } from './disjoint-groups.ts';
import { personaOfKey } from './identifier-key.ts';
import type { IdentifierRules } from './identifier-rules.ts';
import { type IdentityGraph, isOfOneAccount, type Link, linkOf } from './identity-graph.ts';
import { joiningClaims } from './joining-claims.ts';
import { sharingIn } from './sharing.ts';

/** Identifiers that are one customer. */
export interface Group {
  /** Persona id of the oldest of its personas. */
  readonly customerId: string;
  /** Keys in order. */
  readonly members: readonly string[];
}

/** A link that may not join the customers of its ends. */
export type Refusal = { readonly link: Link } & Refused;

/** The customers that links make. */
export interface Partition {
  readonly groups: readonly Group[];
  readonly refusals: readonly Refusal[];
  /** Identifiers that too many people have now: they join nobody. */
  readonly shared: ReadonlySet<string>;
}

/**
 * Who is one customer: a function of the graph alone, whatever the order in which it was learned. Links join from the
 * earliest on (Kruskal, Proc. AMS 7, 1956), unless an end is or was shared (see `sharingIn`), or a limit or a cut forbids it; what is
 * forbidden stays so, for groups only grow. Aliases come first, for what they join is one account in all that follows. What is only claimed comes after all that is proven, and so neither forbids it nor makes anything
 * shared. Takes O(n log n).
 */
export function partitionOf(graph: IdentityGraph, rules: IdentifierRules): Partition {
  const { shared, past } = sharingIn(graph, rules);
  const joined = disjointGroups(graph, graph.cuts, rules);
  const refusals: Refusal[] = [];
  for (const link of [...graph.links].sort(aliasesFirst)) {
    if (shared.has(link.a) || shared.has(link.b) || past.has(link)) continue;
    const refused = isOfOneAccount(link) ? joined.alias(link.a, link.b) : joined.join(link.a, link.b);
    if (refused !== undefined) refusals.push({ link, ...refused });
  }
  for (const { by, key, atMs } of joiningClaims(graph, joined.groups(), rules)) {
    if (shared.has(by) || shared.has(key)) continue;
    const refused = joined.join(by, key);
    if (refused !== undefined) refusals.push({ link: linkOf(by, key, atMs, atMs), ...refused });
  }
  return { groups: groupsOf(joined, graph), refusals, shared };
}

/** Orders links by the time of their first interaction; equal times by their ends. */
export function earliestFirst(a: Link, b: Link): number {
  return a.atMs - b.atMs || byCodeUnit(a.a, b.a) || byCodeUnit(a.b, b.b);
}

function aliasesFirst(a: Link, b: Link): number {
  return Number(isOfOneAccount(b)) - Number(isOfOneAccount(a)) || earliestFirst(a, b);
}

function groupsOf(joined: DisjointGroups, { members }: IdentityGraph): Group[] {
  const groups = joined.groups().map((keys): Group => {
    const oldest = keys.reduce((best, key) => (isOlder(key, best) ? key : best));
    return { customerId: personaOfKey(oldest), members: keys };
  });
  return groups.sort((a, b) => byCodeUnit(a.members[0] ?? '', b.members[0] ?? ''));

  /** An identifier that never led an interaction has no persona, and names the customer only if none has. */
  function isOlder(key: string, other: string): boolean {
    const [mine, others] = [key, other].map((each) => members.get(each)?.firstMs ?? Number.POSITIVE_INFINITY);
    return mine !== undefined && others !== undefined && (mine < others || (mine === others && key < other));
  }
}
