import { type Cluster, keyOfPersona, membersOf } from './cluster.ts';
import { type DisjointGroups, disjointGroups } from './disjoint-groups.ts';
import { heldClaims } from './held-claims.ts';
import { type Cut, isOfOneAccount, type Link, linkOf } from './identity-graph.ts';
import { earliestFirst } from './partition.ts';

/** Who asks to undo which merge, and when. */
interface CutRequest {
  readonly fromPersonaId: string;
  readonly personaId: string;
  readonly askedBy: string;
  readonly nowMs: number;
}

/**
 * The cut that undoes the merge by which two personas became one customer. Its sides are what each of them was linked to when
 * it happened, and whatever came to them since; so the order that counts is that in which links were recorded. When a request
 * names one persona only, it is taken from the customer's oldest; when it is the oldest itself, the last merge is undone.
 * `apart`: they are different customers, or this very request was followed already; `unknown`: no link connects them.
 */
export function cutBetween(
  cluster: Cluster,
  request: CutRequest,
): { readonly kind: 'cut'; readonly cut: Cut } | { readonly kind: 'apart' | 'unknown' } {
  const [from, key] = [request.fromPersonaId, request.personaId].map((id) => keyOfPersona(cluster, id));
  if (from === undefined || key === undefined) return { kind: 'unknown' };
  const customerId = cluster.members.get(key)?.customerId ?? '';
  if (cluster.members.get(from)?.customerId !== customerId) return { kind: 'apart' };
  const keys = membersOf(cluster, customerId);
  const last = lastMerge(cluster, keys);
  if (last === undefined || (from === key && last.recordedMs <= askedBefore(cluster, request)))
    return { kind: 'apart' };
  const oldest = keyOfPersona(cluster, customerId) ?? key;
  const other = from === key ? oldest : from;
  const sides = other === key ? sidesOf(cluster, keys, last.a, last.b) : sidesOf(cluster, keys, other, key);
  const right = keys.filter((each) => sides.isTogether(each, key));
  const left = keys.filter((each) => !sides.isTogether(each, key));
  const { fromPersonaId, personaId, askedBy, nowMs } = request;
  return { kind: 'cut', cut: { left, right, atMs: nowMs, askedBy, fromPersonaId, personaId } };
}

/** Two groups: what joins first, without ever joining the two. */
function sidesOf(cluster: Cluster, keys: readonly string[], one: string, other: string): DisjointGroups {
  const own = new Map(keys.map((key) => [key, {}]));
  const sides = disjointGroups({ members: own }, [{ left: [one], right: [other] }]);
  for (const { a, b } of linksAmong(cluster, keys)) sides.join(a, b);
  return sides;
}

/** The link that joined a customer's last two groups; `undefined` for a single identifier. */
function lastMerge(cluster: Cluster, keys: readonly string[]): Link | undefined {
  const joined = disjointGroups({ members: new Map(keys.map((key) => [key, {}])) }, []);
  let last: Link | undefined;
  for (const link of linksAmong(cluster, keys)) {
    if (joined.isTogether(link.a, link.b)) continue;
    joined.join(link.a, link.b);
    last = link;
  }
  return last;
}

/** When the same was asked before, in epoch milliseconds; 0 for never. */
function askedBefore({ cuts }: Cluster, { fromPersonaId, personaId }: CutRequest): number {
  const same = cuts.filter((cut) => cut.fromPersonaId === fromPersonaId && cut.personaId === personaId);
  return Math.max(0, ...same.map(({ atMs }) => atMs));
}

/** The links that hold a customer together, in the order in which they were recorded. */
function linksAmong({ links, members, shared }: Cluster, keys: readonly string[]): Link[] {
  const own = new Set(keys);
  const claims = heldClaims({ members }).map(({ by, key, atMs }) => linkOf(by, key, atMs, atMs));
  const among = [...links, ...claims].filter(
    ({ a, b }) => own.has(a) && own.has(b) && !shared.has(a) && !shared.has(b),
  );
  return withoutRefused(among, keys).sort((x, y) => x.recordedMs - y.recordedMs || earliestFirst(x, y));
}

/**
 * Links without those that joined nobody before an alias: a browser of two user ids belonged to the earlier one until the firm said
 * that both are one. The alias joins the same, so that nobody falls apart without them.
 */
function withoutRefused(links: readonly Link[], keys: readonly string[]): Link[] {
  const members = new Map(keys.map((key) => [key, {}]));
  const accounts = disjointGroups({ members }, []);
  const aliases = links.filter(isOfOneAccount);
  for (const { a, b } of aliases) accounts.join(a, b);
  const apart = accounts
    .groups()
    .flatMap((ids) => ids.slice(1).map((id, index) => ({ left: [id], right: ids.slice(0, index + 1) })));
  const joined = disjointGroups({ members }, apart);
  const others = links.filter((link) => !isOfOneAccount(link)).sort(earliestFirst);
  return [...aliases, ...others.filter(({ a, b }) => joined.join(a, b) === undefined)];
}
