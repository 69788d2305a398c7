import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cluster } from '#domain/identity/cluster.ts';
import { decodeCluster, encodeCluster } from '#domain/identity/cluster-codec.ts';
import { stepCluster } from '#domain/identity/cluster-step.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import type { IdentifierRules } from '#domain/identity/identifier-rules.ts';
import { type IdentityGraph, joinLinks, linkOf } from '#domain/identity/identity-graph.ts';
import { type Partition, partitionOf } from '#domain/identity/partition.ts';
import { anyTold, freeRules, graphOfTold, keyOf, strictRules, type Told, told } from '#support/generators/any-links.ts';
import { sizeOf } from '#support/size-of.ts';

const runs = sizeOf({ part: 300, whole: 2000 });
const [user, email, device] = ['user_id', 'email', 'device_id'].map(
  (type) => (number: number) => keyOf(type, number),
) as [(n: number) => string, (n: number) => string, (n: number) => string];

const graph = (told: readonly Told[], more: Partial<IdentityGraph> = {}): IdentityGraph => ({
  ...graphOfTold(told),
  cuts: [],
  shared: new Set(),
  ...more,
});
const sets = ({ groups }: Pick<Partition, 'groups'>) => groups.map(({ members }) => members.join(' ')).sort();

/** The plain reference: a set for every identifier, the sets of a link's ends become one. */
function unionFind(all: readonly Told[]): string[] {
  const setOf = new Map<string, Set<string>>();
  for (const { primary, other } of all) {
    const union = new Set([...(setOf.get(primary) ?? [primary]), ...(setOf.get(other) ?? [other])]);
    for (const key of union) setOf.set(key, union);
  }
  return [...new Set(setOf.values())].map((set) => [...set].sort().join(' ')).sort();
}

/** Learns interactions one after the other, as the table does: clusters that one touches become one. */
function learn(all: readonly (readonly Told[])[], rules: IdentifierRules): Cluster[] {
  let clusters: Cluster[] = [];
  for (const [time, batch] of all.entries()) {
    for (const primary of new Set(batch.map((each) => each.primary))) {
      const own = batch.filter((each) => each.primary === primary);
      const { members, links } = graphOfTold(own);
      const shared = new Set(
        [...members.keys()].filter((key) => clusters.some((each) => each.members.has(key) && each.shared.has(key))),
      );
      const touched = clusters.filter((each) =>
        [...members.keys()].some((key) => each.members.has(key) && !shared.has(key)),
      );
      const foreign = new Set([...shared].filter((key) => !touched.some((each) => each.members.has(key))));
      const step = stepCluster(
        touched,
        { members, links: links.map((link) => ({ ...link, recordedMs: time + 1 })), shared: foreign },
        new Set(),
        rules,
        time + 1,
      );
      if (step.kind === 'changed') clusters = [...clusters.filter((each) => !touched.includes(each)), step.cluster];
    }
  }
  return clusters;
}

/** Every identifier's customer, as anybody would see it: one that nothing links is its own. */
function customersIn(clusters: readonly Pick<Cluster, 'members'>[], keys: Iterable<string>): string[] {
  const known = new Map(clusters.flatMap(({ members }) => [...members]));
  return [...keys].sort().map((key) => `${key} ${known.get(key)?.customerId ?? personaOfKey(key)}`);
}

const customersOf = ({ groups }: Partition) =>
  groups.flatMap(({ customerId, members }) => members.map((key) => `${key} ${customerId}`)).sort();

describe('the partition', () => {
  test('is that of a plain union-find where no limit binds', () => {
    fc.assert(
      fc.property(anyTold(), (all) => {
        const partition = partitionOf(graph(all), freeRules);
        expect(sets(partition)).toEqual(unionFind(all));
        expect(partition.refusals).toEqual([]);
      }),
      { numRuns: runs },
    );
  });

  test.each([
    ['without limits', freeRules],
    ['with limits that bind', strictRules],
  ])('is the same in any order, with any repeats, in any batches, %s', (_, rules) => {
    const shuffled = anyTold(4, 30).chain((all) =>
      fc.record({
        all: fc.constant(all),
        again: fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length, maxLength: 2 * all.length }),
        sizes: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 60 }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ all, again, sizes }) => {
        const left = [...again];
        const batches = sizes.map((size) => left.splice(0, size));
        const { members, links } = graphOfTold(all);
        const expected = partitionOf({ members, links, cuts: [], shared: new Set() }, rules);
        expect(customersIn(learn([...batches, left], rules), members.keys())).toEqual(customersOf(expected));
      }),
      { numRuns: runs },
    );
  });

  test('has the limits that its rules say', () => {
    fc.assert(
      fc.property(anyTold(4), (all) => {
        const { groups, shared } = partitionOf(graph(all), strictRules);
        for (const { members } of groups) {
          expect(members.filter((key) => key.startsWith('user_id')).length).toBeLessThanOrEqual(1);
          expect(members.filter((key) => key.startsWith('email')).length).toBeLessThanOrEqual(2);
          expect(members.length === 1 || members.every((key) => !shared.has(key))).toBe(true);
        }
      }),
      { numRuns: runs },
    );
  });
});

describe('a customer', () => {
  test('has the id of its oldest persona, whatever the priorities', () => {
    const links = graphOfTold([told(user(1), device(1), 50)]);
    const members = new Map([...links.members, [device(1), { firstMs: 20 }]]);
    const { groups } = partitionOf({ ...links, members, cuts: [], shared: new Set() }, strictRules);
    expect(groups).toEqual([{ customerId: personaOfKey(device(1)), members: [device(1), user(1)] }]);
  });

  test('never has the id of an identifier that led no interaction', () => {
    const { groups } = partitionOf(graph([told(user(9), device(1), 50)]), strictRules);
    expect(groups[0]?.customerId).toBe(personaOfKey(user(9)));
  });
});

describe('a link that would pass a limit', () => {
  test('is refused with the type, and the earlier link stays', () => {
    const { groups, refusals } = partitionOf(
      graph([told(user(1), email(1), 2), told(user(2), email(1), 1)]),
      strictRules,
    );
    expect(groups.map(({ members }) => members)).toEqual([[email(1), user(2)], [user(1)]]);
    expect(refusals).toMatchObject([{ link: { a: email(1), b: user(1) }, reason: 'most_of_type', type: 'user_id' }]);
  });

  test('of all identifiers is refused: a customer has at most a thousand', () => {
    const all = Array.from({ length: 1200 }, (_, index) => told(user(1), device(index), index));
    const { groups, refusals } = partitionOf(graph(all), freeRules);
    expect(Math.max(...groups.map(({ members }) => members.length))).toBe(1000);
    expect(new Set(refusals.map(({ reason }) => reason))).toEqual(new Set(['most_identifiers']));
  });

  test('of all personas is refused: a customer has at most a hundred', () => {
    const all = Array.from({ length: 150 }, (_, index) => told(email(index), device(1), index));
    const { groups, refusals } = partitionOf(graph(all), freeRules);
    expect(Math.max(...groups.map(({ members }) => members.length))).toBe(101);
    expect(refusals).toHaveLength(50);
    expect(refusals[0]?.reason).toBe('most_personas');
  });
});

describe('a kiosk', () => {
  const people = Array.from({ length: 1000 }, (_, index) => index);

  test('whose device a thousand people use merges nobody', () => {
    const rules = new Map([...strictRules, ['user_id', { priority: 1000, most: null, sharedAbove: null }]]);
    const visits = people.map((person) => told(user(person), device(1), person + 1));
    const { groups, shared } = partitionOf(graph(visits), rules);
    expect(shared).toEqual(new Set([device(1)]));
    expect(groups).toHaveLength(1001);
    const clusters = learn(
      visits.slice(0, 100).map((visit) => [visit]),
      rules,
    );
    expect(clusters.map(({ members }) => members.size)).toEqual([5]);
    expect(new Set([...(clusters[0]?.members.values() ?? [])].map(({ customerId }) => customerId)).size).toBe(5);
  });

  test('that is found out separates those whom it had merged', () => {
    const rules = new Map([...strictRules, ['user_id', { priority: 1000, most: null, sharedAbove: null }]]);
    const visits = [1, 2, 3, 4].map((person) => told(user(person), device(1), person));
    expect(sets(partitionOf(graph(visits.slice(0, 3)), rules))).toHaveLength(1);
    expect(sets(partitionOf(graph(visits), rules))).toHaveLength(5);
  });
});

test('a hundred personas with a thousand identifiers take less than 50 ms', () => {
  const all = Array.from({ length: 999 }, (_, index) =>
    index < 99 ? told(user(1), email(index), index + 1) : told(email(index % 99), device(index), 2000 - index),
  );
  const input = graph(all);
  // Computing only, and the best of several: other tests run at the same time.
  const milliseconds = [1, 2, 3, 4, 5].map(() => {
    const start = process.cpuUsage();
    expect(partitionOf(input, freeRules).groups.map(({ members }) => members.length)).toEqual([1000]);
    return process.cpuUsage(start).user / 1000;
  });
  expect(Math.min(...milliseconds)).toBeLessThan(50);
});

test('a cluster’s text is the same for equal clusters, and reads back as it was', () => {
  fc.assert(
    fc.property(anyTold(4), (all) => {
      for (const cluster of learn([all], strictRules)) {
        const text = encodeCluster(cluster);
        const again = decodeCluster(cluster.clusterId, cluster.version, text);
        expect(encodeCluster(again)).toBe(text);
        expect([...again.members].sort()).toEqual([...cluster.members].sort());
        const mirrored = {
          ...cluster,
          links: [...cluster.links].reverse(),
          members: new Map([...cluster.members].reverse()),
        };
        expect(encodeCluster(mirrored)).toBe(text);
      }
    }),
    { numRuns: Math.ceil(runs / 3) },
  );
});

test('a link keeps the earliest of its times', () => {
  expect(joinLinks([linkOf('b', 'a', 5, 9)], [linkOf('a', 'b', 3, 11)])).toEqual([linkOf('a', 'b', 3, 9)]);
});
