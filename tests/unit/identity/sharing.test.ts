import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cluster, nextCluster } from '#domain/identity/cluster.ts';
import { decodeCluster, encodeCluster } from '#domain/identity/cluster-codec.ts';
import { stepCluster } from '#domain/identity/cluster-step.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import type { IdentifierRules } from '#domain/identity/identifier-rules.ts';
import { joinLinks, type Link, linkOf } from '#domain/identity/identity-graph.ts';
import { partitionOf } from '#domain/identity/partition.ts';
import { lowerEnd, sharingIn } from '#domain/identity/sharing.ts';
import { sightPeriod } from '#domain/identity/sight-period.ts';
import { graphOfTold, keyOf, strictRules, type Told, told } from '#support/generators/any-links.ts';
import { sizeOf } from '#support/size-of.ts';
import { toldClusters } from './told-clusters.ts';

const runs = sizeOf({ part: 300, whole: 2000 });
const dayMs = 86_400_000;
const years = (count: number) => Date.UTC(2020, 0, 1) + count * 365 * dayMs;
const user = (number: number) => keyOf('user_id', number);
const email = (number: number) => keyOf('email', number);
const device = (number: number) => keyOf('device_id', number);

/** Rules of the same types of which an e-mail address may have others. */
const withSharing = (sharing: { sharedAbove?: number | null; sharedDays?: number }): IdentifierRules =>
  new Map([...strictRules, ['email', { priority: 600, most: 2, sharedAbove: 4, ...sharing }]]);

/** Tells of sights in the order of the list. */
function world(all: readonly Told[], rules: IdentifierRules = strictRules) {
  const clusters = toldClusters(rules);
  const { members } = graphOfTold(all);
  for (const { primary, other, atMs } of all) clusters.tell(linkOf(primary, other, atMs, atMs), members);
  return clusters;
}

const onlyCluster = ({ clusters }: Pick<ReturnType<typeof world>, 'clusters'>): Cluster => {
  const [cluster, ...others] = clusters();
  if (cluster === undefined || others.length > 0) throw new Error('Expected one cluster');
  return cluster;
};
const sharingOf = ({ history }: Cluster) =>
  history.map(({ event }) => event.kind).filter((kind) => kind.endsWith('share'));

/** Five user ids with one address in a month: one more than an address may have and be somebody's. */
const family = (address: number, atMs: number) =>
  [1, 2, 3, 4, 5].map((person) => told(user(10 * address + person), email(address), atMs + person * dayMs));

describe('an address that too many people had', () => {
  test('is of the one who is alone with it for longer than a year, and says so', () => {
    const { customerOf, clusters } = world([
      ...family(1, years(0)),
      told(user(13), email(1), years(1.2)),
      told(user(99), email(2), years(2)),
    ]);
    expect(customerOf(email(1))).toBe(personaOfKey(user(13)));
    const cluster = clusters().find(({ members }) => members.has(email(1)));
    expect(cluster?.shared.size).toBe(0);
    expect(cluster && sharingOf(cluster)).toEqual(['share', 'unshare']);
  });

  test('is of a newcomer of another cluster, who was never in its own', () => {
    const { customerOf, clusters } = world([
      ...family(1, years(0)),
      told(user(7), email(7), years(1)),
      told(user(7), email(1), years(1.5)),
    ]);
    expect(customerOf(email(1))).toBe(personaOfKey(user(7)));
    expect(clusters()).toHaveLength(1);
  });

  test('brings to its new owner what it led itself while nobody had it', () => {
    const { customerOf } = world([
      ...family(1, years(0)),
      told(email(1), device(1), years(0.1)),
      told(user(13), email(1), years(1.5)),
    ]);
    expect(customerOf(device(1))).toBe(personaOfKey(user(13)));
  });

  test('is nobody’s while more than four of its people still come, however long ago the first came', () => {
    const all = [0, 0.5, 1, 1.5, 2, 2.5, 3].flatMap((year) => family(1, years(year)));
    const shared = onlyCluster(world(all));
    expect([...shared.shared]).toEqual([email(1)]);
    expect(sharingOf(shared)).toEqual(['share']);
  });

  test('is nobody’s for as long as nothing is heard of it', () => {
    const { clusters } = world([...family(1, years(0)), told(user(11), email(9), years(5))]);
    expect(clusters().flatMap(({ shared }) => [...shared])).toEqual([email(1)]);
  });

  test('is shared again once that many come again', () => {
    const all = [...family(1, years(0)), told(user(11), email(1), years(2)), ...family(1, years(2.1))];
    const { customerOf, clusters } = world(all);
    expect(customerOf(email(1))).toBe(personaOfKey(email(1)));
    expect(clusters().flatMap(sharingOf)).toEqual(['share', 'unshare', 'share']);
  });

  test('ends to be shared at once when the settings allow as many, and counts for the days that they say', () => {
    const [first] = world(family(1, years(0))).clusters();
    const tell = (rules: IdentifierRules) =>
      stepCluster(first ? [first] : [], { members: new Map(), links: [] }, new Set(), rules, 1);
    expect(tell(strictRules)).toEqual({ kind: 'unchanged' });
    for (const sharedAbove of [5, 1000, null]) {
      const step = tell(withSharing({ sharedAbove }));
      expect(step).toMatchObject({ kind: 'changed', cluster: { shared: new Set() } });
    }
    const again = [...family(1, years(0)), told(user(11), email(1), years(0.3))];
    expect(world(again, withSharing({ sharedDays: 60 })).customerOf(email(1))).toBe(personaOfKey(user(11)));
    expect(world(again).customerOf(email(1))).toBe(personaOfKey(email(1)));
  });

  test('is not shared by somebody of whom a person said that it is not theirs', () => {
    const { members, links } = graphOfTold(family(1, years(0)));
    const cut = {
      left: [email(1), user(11)],
      right: [user(12)],
      atMs: 1,
      askedBy: 'c',
      fromPersonaId: '',
      personaId: '',
    };
    const graph = { members, links, shared: new Set<string>() };
    expect([...sharingIn({ ...graph, cuts: [] }, strictRules).shared]).toEqual([email(1)]);
    expect([...sharingIn({ ...graph, cuts: [cut] }, strictRules).shared]).toEqual([]);
  });
});

describe('being shared', () => {
  /** Of two people an address or device is nobody's: most of few are shared at some time, and many are so no more. */
  const smallRules: IdentifierRules = new Map([
    ['user_id', { priority: 1000, most: null, sharedAbove: null }],
    ['email', { priority: 600, most: 2, sharedAbove: 2 }],
    ['device_id', { priority: 200, most: null, sharedAbove: 1 }],
  ]);
  const mostEnds = (key: string) => (smallRules.get(key.split(':')[0] ?? '')?.sharedAbove ?? 1000) + 1;
  const byLower = (links: readonly Link[]) =>
    [...Map.groupBy(links, (link) => lowerEnd(link, smallRules))].flatMap(([key, ends]) =>
      key === undefined ? [] : [{ key, ends }],
    );

  /** Sights of people with one address mostly, which has devices of its own, over three years. */
  const anyPair = fc.oneof(
    { weight: 6, arbitrary: fc.nat(7).map((one) => [user(one), email(0)] as const) },
    { weight: 1, arbitrary: fc.tuple(fc.nat(7), fc.nat(1)).map(([one, other]) => [user(one), email(other)] as const) },
    { weight: 1, arbitrary: fc.tuple(fc.nat(7), fc.nat(5)).map(([one, other]) => [user(one), device(other)] as const) },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.nat(1), fc.nat(5)).map(([one, other]) => [email(one), device(other)] as const),
    },
  );
  const anySights = fc
    .array(fc.tuple(anyPair, fc.integer({ min: 0, max: 36 })), { minLength: 5, maxLength: 24 })
    .map((all) => all.map(([[primary, other], month]) => told(primary, other, Date.UTC(2020, month, 10))));
  const anyOrder = anySights.chain((all) =>
    fc.record({
      all: fc.constant(all),
      once: fc.oneof(
        fc.constant(all.toSorted((a, b) => a.atMs - b.atMs)),
        fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
      ),
      again: fc.subarray(all),
    }),
  );

  test('is so or not whatever the order and the repeats in which sights are told', () => {
    let ended = 0;
    fc.assert(
      fc.property(anyOrder, ({ all, once, again }) => {
        const { members } = graphOfTold(all);
        const links = joinLinks(all.map(({ primary, other, atMs }) => linkOf(primary, other, atMs, atMs)));
        const { groups } = partitionOf({ members, links, cuts: [], shared: new Set() }, smallRules);
        const clusters = world([...once, ...again], smallRules);
        const expected = groups.flatMap((group) => group.members.map((key) => `${key} ${group.customerId}`)).sort();
        expect([...members.keys()].map((key) => `${key} ${clusters.customerOf(key)}`).sort()).toEqual(expected);
        for (const cluster of clusters.clusters()) {
          for (const { key, ends } of byLower(cluster.links)) {
            if (cluster.members.has(key)) expect(ends.length).toBeLessThanOrEqual(mostEnds(key));
          }
          if (cluster.history.some(({ event }) => event.kind === 'unshare')) ended += 1;
        }
      }),
      { numRuns: runs },
    );
    expect(ended).toBeGreaterThan(runs / 4);
  });

  test('changes nothing within the days that count: as many as ever came decide', () => {
    fc.assert(
      fc.property(anySights, (all) => {
        const near = all.map((each) => ({ ...each, atMs: years(0) + (each.atMs % (330 * dayMs)) }));
        const { members, links } = graphOfTold(near);
        const { shared, past } = sharingIn({ members, links, cuts: [], shared: new Set() }, smallRules);
        const many = byLower(links).filter(({ key, ends }) => ends.length >= mostEnds(key));
        expect([...shared].sort()).toEqual(many.map(({ key }) => key).sort());
        expect(past.size).toBe(0);
      }),
      { numRuns: runs },
    );
  });

  test('of a kiosk that a hundred people use every day costs four writes a month once it is known', () => {
    const clusters = toldClusters(strictRules);
    const people = Array.from({ length: 100 }, (_, person) => user(person));
    const members = new Map(people.map((person) => [person, { firstMs: years(0) }]));
    const start = (sightPeriod(years(0)) + 1) * 30 * dayMs;
    const use = (day: number) => {
      for (const person of people) clusters.tell(linkOf(person, device(1), start + day * dayMs, 1), members);
    };
    use(0);
    const known = clusters.writes();
    for (let day = 1; day < 90; day += 7) use(day);
    expect(clusters.writes() - known).toBe(2 * 4);
    expect(clusters.clusters().map((cluster) => cluster.members.size)).toEqual([5]);
  });
});

describe('a stored cluster', () => {
  test('of before sights were kept is read, and what was shared in it does not end by the first who comes', () => {
    const { members, links } = graphOfTold(family(1, years(0)));
    const cluster = nextCluster([], { members, links, cuts: [], shared: new Set() }, strictRules).cluster;
    const old = encodeCluster(cluster).replace('"schema":3', '"schema":2');
    const read = decodeCluster(cluster.clusterId, cluster.version, old);
    expect([...read.shared]).toEqual([email(1)]);
    const update = { members, links: [linkOf(user(11), email(1), years(0), 1, sightPeriod(years(7)))] };
    const step = stepCluster([read], update, new Set(), strictRules, years(7));
    expect(step).toMatchObject({ kind: 'changed', cluster: { shared: new Set([email(1)]) } });
  });
});
