import { byCodeUnit } from '#domain/text/bounded-map.ts';
import {
  type IdentifierRules,
  mostIdentifiersOfCustomer,
  mostPersonasOfCustomer,
  rulesOfKey,
} from './identifier-rules.ts';
import type { Cut, IdentityGraph } from './identity-graph.ts';

/** Why two groups may not be one: too many identifiers of a type or in all, too many personas, a person's word, no room. */
export type Refused =
  | { readonly reason: 'most_of_type'; readonly type: string }
  | { readonly reason: 'most_identifiers' | 'most_personas' | 'unmerged' | 'cluster_full' };

/** Groups that are joined step by step. */
export interface DisjointGroups {
  /** Joins the groups of two members, unless something forbids it: then nothing changes. */
  join(one: string, other: string): Refused | undefined;
  /** The same of two that are one by another name: together they count as one of each type. */
  alias(one: string, other: string): Refused | undefined;
  isTogether(one: string, other: string): boolean;
  /** Each group's keys in order. */
  groups(): string[][];
}

interface GroupFacts {
  size: number;
  personas: number;
  readonly ofType: Map<string, number>;
  /** On which side of a cut the group stands, by the cut's index. */
  readonly sides: Map<number, 'left' | 'right'>;
}

/** Every member in a group of its own; union by size with path halving (Tarjan and van Leeuwen, J. ACM 31, 1984). */
export function disjointGroups(
  { members }: Pick<IdentityGraph, 'members'>,
  cuts: readonly Pick<Cut, 'left' | 'right'>[],
  rules?: IdentifierRules,
): DisjointGroups {
  const parents = new Map<string, string>();
  const facts = new Map<string, GroupFacts>();
  for (const [key, { firstMs }] of members) {
    parents.set(key, key);
    const ofType = new Map(rules === undefined ? [] : [[rulesOfKey(key, rules).type, 1]]);
    facts.set(key, { size: 1, personas: firstMs === undefined ? 0 : 1, ofType, sides: new Map() });
  }
  cuts.forEach(({ left, right }, index) => {
    for (const key of left) facts.get(key)?.sides.set(index, 'left');
    for (const key of right) facts.get(key)?.sides.set(index, 'right');
  });

  function rootOf(key: string): string {
    let at = key;
    for (let parent = parents.get(at); parent !== undefined && parent !== at; parent = parents.get(at)) {
      parents.set(at, parents.get(parent) ?? parent);
      at = parent;
    }
    return at;
  }

  function unite(one: string, other: string, countBoth: (some: number, others: number) => number) {
    const [first, second] = [rootOf(one), rootOf(other)];
    const [factsOfFirst, factsOfSecond] = [facts.get(first), facts.get(second)];
    if (first === second || factsOfFirst === undefined || factsOfSecond === undefined) return undefined;
    const isFirstLarger = factsOfFirst.size >= factsOfSecond.size;
    const [large, small] = isFirstLarger ? [factsOfFirst, factsOfSecond] : [factsOfSecond, factsOfFirst];
    const ofType = new Map(large.ofType);
    for (const [type, count] of small.ofType) ofType.set(type, countBoth(count, large.ofType.get(type) ?? 0));
    const refused = whyNot(large, small, ofType, rules);
    if (refused !== undefined) return refused;
    parents.set(isFirstLarger ? second : first, isFirstLarger ? first : second);
    absorb(large, small, ofType);
    return undefined;
  }

  return {
    join: (one, other) => unite(one, other, (some, others) => some + others),
    alias: (one, other) => unite(one, other, Math.max),
    isTogether: (one, other) => rootOf(one) === rootOf(other),
    groups: () => [...Map.groupBy(members.keys(), rootOf).values()].map((keys) => keys.sort(byCodeUnit)),
  };
}

function whyNot(
  large: GroupFacts,
  small: GroupFacts,
  ofType: ReadonlyMap<string, number>,
  rules: IdentifierRules | undefined,
): Refused | undefined {
  for (const [cut, side] of small.sides) {
    const other = large.sides.get(cut);
    if (other !== undefined && other !== side) return { reason: 'unmerged' };
  }
  if (rules === undefined) return undefined;
  // In the order of their names, so that the reason does not depend on the order of joins.
  for (const type of [...small.ofType.keys()].sort(byCodeUnit)) {
    const most = rules.get(type)?.most ?? Number.POSITIVE_INFINITY;
    if ((ofType.get(type) ?? 0) > most) return { reason: 'most_of_type', type };
  }
  if (large.size + small.size > mostIdentifiersOfCustomer) return { reason: 'most_identifiers' };
  return large.personas + small.personas > mostPersonasOfCustomer ? { reason: 'most_personas' } : undefined;
}

function absorb(large: GroupFacts, small: GroupFacts, ofType: ReadonlyMap<string, number>): void {
  large.size += small.size;
  large.personas += small.personas;
  for (const [type, count] of ofType) large.ofType.set(type, count);
  for (const [cut, side] of small.sides) large.sides.set(cut, side);
}
