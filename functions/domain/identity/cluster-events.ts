import type { Cluster } from './cluster.ts';
import { personaOfKey } from './identifier-key.ts';
import { type IdentifierRules, rulesOfKey } from './identifier-rules.ts';
import type { IdentityEvent } from './identity-change.ts';
import type { Cut, Link } from './identity-graph.ts';
import { pairOf, sayingOf } from './identity-graph.ts';
import { type Partition, partitionOf, type Refusal } from './partition.ts';

/** What changed from several clusters, and identifiers that were in none, to the one that they became. */
interface ClusterMove {
  readonly before: readonly Cluster[];
  readonly after: Cluster;
  readonly refusals: Partition['refusals'];
  /** Keys of the members that came from no cluster and had a persona before. */
  readonly lonePersonas: ReadonlySet<string>;
  readonly cut?: Cut | undefined;
}

/** The differences as events, in a fixed order: what was told, what it means, who is part of what. */
export function clusterEvents(step: ClusterMove, rules: IdentifierRules): IdentityEvent[] {
  const { before, after } = step;
  const links = newLinks(step);
  const known = new Set(before.flatMap((cluster) => partitionOf(cluster, rules).refusals.map(nameOf)));
  const shared = sharedMembers(before);
  const nowShared = sharedMembers([after]);
  const sharing = (kind: 'share' | 'unshare', keys: ReadonlySet<string>) =>
    [...keys].sort().map((identifier): IdentityEvent => ({ kind, identifier }));
  return [
    ...links.map((link) => linkEvent(link, rules)),
    ...(step.cut === undefined ? [] : [cutEvent(step.cut)]),
    ...sharing('share', nowShared.difference(shared)),
    ...sharing('unshare', shared.difference(nowShared)),
    ...moves(step),
    ...step.refusals.filter((refusal) => !known.has(nameOf(refusal))).map((refusal) => refusalEvent(refusal, after)),
    ...customersSet(step),
  ];
}

/** A refusal as an event; the ends' customers are those of the cluster. */
export function refusalEvent({ link, ...refused }: Refusal, { members }: Pick<Cluster, 'members'>): IdentityEvent {
  const customerOf = (key: string) => members.get(key)?.customerId ?? personaOfKey(key);
  return {
    kind: 'refusal',
    identifier: link.a,
    otherIdentifier: link.b,
    occurredAt: new Date(link.atMs).toISOString(),
    ...refused,
    customerId: customerOf(link.a),
    otherCustomerId: customerOf(link.b),
  };
}

function newLinks({ before, after }: ClusterMove): Link[] {
  const known = new Set(before.flatMap(({ links }) => links.map(sayingOf)));
  return after.links.filter((link) => !known.has(sayingOf(link)));
}

/** The identifier of higher priority comes first: it led the interaction. */
function linkEvent({ a, b, atMs }: Link, rules: IdentifierRules): IdentityEvent {
  const [identifier, otherIdentifier] =
    rulesOfKey(a, rules).priority >= rulesOfKey(b, rules).priority ? [a, b] : [b, a];
  return { kind: 'link', identifier, otherIdentifier, occurredAt: new Date(atMs).toISOString() };
}

function cutEvent({ left, right, askedBy, fromPersonaId, personaId }: Cut): IdentityEvent {
  return { kind: 'cut', askedBy, fromPersonaId, personaId, left: [...left], right: [...right] };
}

/** Merges and splits: only identifiers that had a persona were a customer that anybody knew. */
function moves({ before, after, lonePersonas, cut }: ClusterMove): IdentityEvent[] {
  const customersBefore = new Map<string, string>([...lonePersonas].map((key) => [key, personaOfKey(key)]));
  for (const { members } of before) {
    for (const [key, { firstMs, customerId }] of members)
      if (firstMs !== undefined) customersBefore.set(key, customerId);
  }
  const cameFrom = new Map<string, Set<string>>();
  const wentTo = new Map<string, Set<string>>();
  for (const [key, old] of customersBefore) {
    const now = after.members.get(key)?.customerId ?? old;
    cameFrom.set(now, (cameFrom.get(now) ?? new Set()).add(old));
    wentTo.set(old, (wentTo.get(old) ?? new Set()).add(now));
  }
  const sorted = (sets: Map<string, Set<string>>) => [...sets].sort(([a], [b]) => (a < b ? -1 : 1));
  const reason = cut === undefined ? (isNewlyShared(before, after) ? 'shared' : 'limits') : 'asked';
  return [
    ...sorted(wentTo).flatMap(([previousCustomerId, now]): IdentityEvent[] =>
      now.size < 2 ? [] : [{ kind: 'unmerge', previousCustomerId, customerIds: [...now].sort(), reason }],
    ),
    ...sorted(cameFrom).flatMap(([customerId, old]): IdentityEvent[] => {
      const others = [...old].filter((id) => id !== customerId).sort();
      // One that goes on under an older persona's id is no more under its own; one that was taken apart is told of above.
      const isAll = old.size > 1 || others.every((id) => wentTo.get(id)?.size === 1);
      return others.length === 0 || !isAll ? [] : [{ kind: 'merge', customerId, mergedCustomerIds: others }];
    }),
  ];
}

function isNewlyShared(before: readonly Cluster[], after: Cluster): boolean {
  return sharedMembers([after]).difference(sharedMembers(before)).size > 0;
}

/** What is shared in its own cluster, which alone can say so. */
function sharedMembers(clusters: readonly Cluster[]): Set<string> {
  return new Set(clusters.flatMap(({ members, shared }) => [...shared].filter((key) => members.has(key))));
}

function customersSet({ before, after }: ClusterMove): IdentityEvent[] {
  const known = new Map(before.flatMap(({ members }) => [...members]));
  return [...after.members]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([identifier, { customerId }]): IdentityEvent[] => {
      const previousCustomerId = known.get(identifier)?.customerId ?? null;
      return previousCustomerId === customerId
        ? []
        : [{ kind: 'customer', identifier, customerId, previousCustomerId }];
    });
}

function nameOf({ link, reason }: Refusal): string {
  return `${pairOf(link)} ${reason}`;
}
