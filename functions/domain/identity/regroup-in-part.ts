import { byCodeUnit } from '#domain/text/bounded-map.ts';
import type { Cluster, ClusterMember } from './cluster.ts';
import { personaOfKey } from './identifier-key.ts';

/**
 * Customers that win or lose somebody by one change, at most: the contact ledger of each is written in the same transaction, of
 * at most a hundred items.
 */
export const mostRegrouped = 64;
/** Members that one change moves, at most: what it tells of each stands with the cluster in one item. */
export const mostMoved = 1000;

/**
 * A cluster's next version with as many members moved to their new customers as one change may. The others stay where they were
 * and `isRegrouping` says that another step is due. Nobody comes to a customer before the persona that names it. It takes new
 * settings, or something that turns out to be shared by many, to regroup so many customers at once.
 */
export function regroupInPart(before: readonly Cluster[], target: Cluster): Cluster {
  const known = new Map(before.flatMap(({ members }) => [...members]));
  const moves = [...target.members].flatMap(([key, { customerId: to }]) => {
    const from = known.get(key)?.customerId ?? personaOfKey(key);
    return from === to ? [] : [{ key, from, to }];
  });
  const affected = new Set<string>();
  const staying = new Map<string, string>();
  const waiting = new Set<string>();
  for (const [index, { key, from, to }] of moves.sort(byCustomer).entries()) {
    const added = [from, to].filter((id) => !affected.has(id));
    const hasRoom = affected.size + added.length <= mostRegrouped && index - staying.size < mostMoved;
    if (hasRoom && !waiting.has(to)) for (const id of added) affected.add(id);
    else {
      waiting.add(to);
      staying.set(key, from);
    }
  }
  if (staying.size === 0) return target;
  const members = [...target.members].map(([key, member]): [string, ClusterMember] => [
    key,
    { ...member, customerId: staying.get(key) ?? member.customerId },
  ]);
  return { ...target, members: new Map(members), isRegrouping: true };
}

interface Move {
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

function byCustomer(a: Move, b: Move): number {
  const isNaming = ({ key, to }: Move) => personaOfKey(key) === to;
  return byCodeUnit(a.to, b.to) || Number(isNaming(b)) - Number(isNaming(a)) || byCodeUnit(a.key, b.key);
}
