import fc from 'fast-check';
import { type Cluster, nextCluster } from '#domain/identity/cluster.ts';
import type { IdentifierRules } from '#domain/identity/identifier-rules.ts';
import { joinLinks, type Link, linkOf, type Member } from '#domain/identity/identity-graph.ts';

/** Without limits: what a plain union-find does. */
export const freeRules: IdentifierRules = new Map(
  ['user_id', 'email', 'device_id'].map((name, index) => [
    name,
    { priority: 1000 - 100 * index, most: null, sharedAbove: null },
  ]),
);

/** One user id a customer, two mailboxes; a device of more than three people is shared. */
export const strictRules: IdentifierRules = new Map([
  ['user_id', { priority: 1000, most: 1, sharedAbove: null }],
  ['email', { priority: 600, most: 2, sharedAbove: 4 }],
  ['device_id', { priority: 200, most: null, sharedAbove: 3 }],
]);

const types = [...freeRules.keys()];

/** A key of a type; equal numbers, equal keys. */
export const keyOf = (type: string, number: number) =>
  `${type}:${types.indexOf(type)}${number.toString(16).padStart(31, '0')}`;

const anyKey = (mostOfType: number) =>
  fc.tuple(fc.nat(types.length - 1), fc.nat(mostOfType)).map(([type, number]) => keyOf(types[type] ?? '', number));

/** What an interaction tells: its primary identifier, when it was, and another identifier. */
export interface Told {
  readonly primary: string;
  readonly other: string;
  readonly atMs: number;
}

export const told = (primary: string, other: string, atMs: number): Told => ({ primary, other, atMs });

const isPrimary = (one: string, other: string) =>
  (freeRules.get(one.split(':')[0] ?? '')?.priority ?? 0) >= (freeRules.get(other.split(':')[0] ?? '')?.priority ?? 0);

/** Interactions with two identifiers each, at few distinct times, so that many are equal. */
export const anyTold = (mostOfType = 6, maxLength = 40) =>
  fc.array(
    fc
      .tuple(anyKey(mostOfType), anyKey(mostOfType), fc.integer({ min: 1, max: 30 }))
      .filter(([one, other]) => one !== other)
      .map(
        ([one, other, atMs]): Told =>
          isPrimary(one, other) ? { primary: one, other, atMs } : { primary: other, other: one, atMs },
      ),
    { maxLength },
  );

/** The members and links of interactions; they are recorded in their order here. */
export function graphOfTold(told: readonly Told[]): { members: Map<string, Member>; links: Link[] } {
  const members = new Map<string, Member>();
  for (const { primary, other, atMs } of told) {
    members.set(other, members.get(other) ?? {});
    members.set(primary, { firstMs: Math.min(members.get(primary)?.firstMs ?? atMs, atMs) });
  }
  return {
    members,
    links: joinLinks(told.map(({ primary, other, atMs }, index) => linkOf(primary, other, atMs, index + 1))),
  };
}

/** One cluster of everything told, recorded in that order. */
export function clusterOf(all: readonly Told[], rules: IdentifierRules = freeRules): Cluster {
  const { members, links } = graphOfTold(all);
  return nextCluster([], { members, links, cuts: [], shared: new Set() }, rules).cluster;
}
