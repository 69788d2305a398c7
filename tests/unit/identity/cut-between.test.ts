import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cluster, graphOf, keyOfPersona, nextCluster } from '#domain/identity/cluster.ts';
import { stepCluster } from '#domain/identity/cluster-step.ts';
import { cutBetween } from '#domain/identity/cut-between.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import { linkOf } from '#domain/identity/identity-graph.ts';
import { anyTold, clusterOf, freeRules, graphOfTold, keyOf, strictRules, told } from '#support/generators/any-links.ts';
import { sizeOf } from '#support/size-of.ts';

const runs = sizeOf({ part: 300, whole: 2000 });
const user = (number: number) => keyOf('user_id', number);
const email = (number: number) => keyOf('email', number);
const device = (number: number) => keyOf('device_id', number);

function unmerge(cluster: Cluster, fromPersonaId: string, personaId: string, nowMs = 1e6, rules = freeRules): Cluster {
  const asked = cutBetween(cluster, { fromPersonaId, personaId, askedBy: 'credential', nowMs });
  if (asked.kind !== 'cut') return cluster;
  const step = stepCluster([cluster], { members: new Map(), links: [], cut: asked.cut }, new Set(), rules, nowMs);
  return step.kind === 'changed' ? step.cluster : cluster;
}

const customers = (cluster: Cluster) =>
  [...cluster.members].map(([key, { customerId }]) => `${key} ${customerId}`).sort();
const groups = (cluster: Cluster) =>
  [...Map.groupBy(cluster.members, ([, { customerId }]) => customerId).values()]
    .map((members) => members.map(([key]) => key).sort())
    .sort();

describe('undoing a merge', () => {
  test('gives what was before it, for any graph and any link that merged two customers, whenever that happened', () => {
    const anyMerge = fc.record({ all: anyTold(8, 30), atMs: fc.integer({ min: 0, max: 40 }), pick: fc.nat() });
    fc.assert(
      fc.property(anyMerge, ({ all, atMs, pick }) => {
        fc.pre(all.length > 0);
        const before = clusterOf(all);
        const pairs = [...before.members].flatMap(([a, x]) =>
          [...before.members].flatMap(([b, y]) => (a < b && x.customerId !== y.customerId ? [[a, b] as const] : [])),
        );
        fc.pre(pairs.length > 0);
        const [a, b] = pairs[pick % pairs.length] ?? ['', ''];
        const link = linkOf(a, b, atMs, 1000);
        const merged = nextCluster(
          [before],
          graphOf([before], { members: new Map(), links: [link] }),
          freeRules,
        ).cluster;
        expect(merged.members.get(a)?.customerId).toBe(merged.members.get(b)?.customerId);
        const one = unmerge(merged, personaOfKey(a), personaOfKey(b));
        expect(customers(one)).toEqual(customers(before));
        expect(customers(unmerge(merged, personaOfKey(b), personaOfKey(a)))).toEqual(customers(before));
      }),
      { numRuns: runs },
    );
  });

  test('a second time changes nothing', () => {
    fc.assert(
      fc.property(anyTold(4, 20), fc.nat(), fc.nat(), (all, i, j) => {
        fc.pre(all.length > 0);
        const cluster = clusterOf(all);
        const ids = [...cluster.members.keys()].map(personaOfKey);
        fc.pre(ids.length > 1);
        const [from = '', persona = ''] = [ids[i % ids.length], ids[j % ids.length]];
        const once = unmerge(cluster, from, persona);
        const twice = unmerge(once, from, persona, 2e6);
        expect(customers(twice)).toEqual(customers(once));
        expect(twice.cuts).toEqual(once.cuts);
      }),
      { numRuns: runs },
    );
  });

  test('keeps with each side what was linked to it first', () => {
    const cluster = clusterOf([
      told(user(1), device(1), 1),
      told(user(2), device(2), 2),
      told(user(1), email(1), 3),
      told(user(2), email(1), 4),
      told(user(2), device(3), 5),
    ]);
    expect(groups(unmerge(cluster, personaOfKey(user(1)), personaOfKey(user(2))))).toEqual([
      [device(1), email(1), user(1)],
      [device(2), device(3), user(2)],
    ]);
  });

  test('refuses what would merge the two again, and lets newcomers go with their earlier link', () => {
    const merged = clusterOf([told(user(1), email(1), 3), told(user(2), email(1), 4)]);
    const apart = unmerge(merged, personaOfKey(user(1)), personaOfKey(user(2)));
    const more = graphOfTold([told(user(1), device(7), 9), told(user(2), device(7), 8), told(user(2), email(1), 1)]);
    const step = stepCluster([apart], more, new Set(), freeRules, 2e6);
    if (step.kind !== 'changed') throw new Error('unchanged');
    expect(groups(step.cluster)).toEqual([
      [device(7), user(2)],
      [email(1), user(1)],
    ]);
    expect(step.events.filter(({ kind }) => kind === 'refusal')).toMatchObject([
      { identifier: device(7), otherIdentifier: user(1), reason: 'unmerged' },
    ]);
  });

  test('by one persona alone takes it from the oldest; of the oldest it undoes the last merge, once', () => {
    const all = [told(user(1), email(1), 1), told(user(2), email(1), 2), told(user(3), email(1), 3)];
    const cluster = clusterOf(all);
    const oldest = keyOfPersona(cluster, cluster.members.get(user(1))?.customerId ?? '');
    expect(oldest).toBe(user(1));
    const [first, second] = [personaOfKey(user(1)), personaOfKey(user(2))];
    expect(groups(unmerge(cluster, second, second))).toEqual([[email(1), user(1), user(3)], [user(2)]].sort());
    const without3 = unmerge(cluster, first, first);
    expect(groups(without3)).toEqual([[email(1), user(1), user(2)], [user(3)]].sort());
    expect(groups(unmerge(without3, first, first, 2e6))).toEqual(groups(without3));
  });

  test.each([
    ['are different customers', personaOfKey(user(1)), personaOfKey(user(2)), 'apart'],
    ['is not among the linked ones', personaOfKey(user(1)), personaOfKey(user(9)), 'unknown'],
  ])('that never was, because a persona %s', (_, fromPersonaId, personaId, kind) => {
    const cluster = clusterOf([told(user(1), email(1), 1), told(user(2), email(1), 2)], strictRules);
    expect(cutBetween(cluster, { fromPersonaId, personaId, askedBy: 'c', nowMs: 9 }).kind).toBe(kind);
  });
});
