import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cluster, graphOf, nextCluster } from '#domain/identity/cluster.ts';
import { decodeCluster, encodeCluster } from '#domain/identity/cluster-codec.ts';
import { stepCluster } from '#domain/identity/cluster-step.ts';
import { cutBetween } from '#domain/identity/cut-between.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import { aliasOf, type Link, linkOf } from '#domain/identity/identity-graph.ts';
import { partitionOf } from '#domain/identity/partition.ts';
import { randomOf } from '#scripts/world/random.ts';
import { anyTold, graphOfTold, keyOf, strictRules, told } from '#support/generators/any-links.ts';
import { shuffled, startIdentityWorld } from '#support/identity-world.ts';
import { sizeOf } from '#support/size-of.ts';

const runs = sizeOf({ part: 300, whole: 2000 });
const user = (number: number) => keyOf('user_id', number);
const email = (number: number) => keyOf('email', number);
const device = (number: number) => keyOf('device_id', number);
const alias = (one: number, other: number, atMs: number, recordedMs = atMs): Link =>
  aliasOf(linkOf(user(one), user(other), atMs, recordedMs));

/** Links of a few user ids with addresses and devices, and aliases among the ids. */
const anyAliases = fc.record({
  all: anyTold(4, 30),
  aliases: fc.array(
    fc
      .tuple(fc.nat(4), fc.nat(4), fc.integer({ min: 1, max: 30 }))
      .filter(([one, other]) => one !== other)
      .map(([one, other, atMs]) => alias(one, other, atMs)),
    { maxLength: 4 },
  ),
});

const graphWith = (all: Parameters<typeof graphOfTold>[0], aliases: readonly Link[]) => {
  const { members, links } = graphOfTold(all);
  const keys = aliases.flatMap(({ a, b }) => [a, b]);
  const update = {
    members: new Map([...keys.map((key) => [key, {}] as const), ...members]),
    links: [...links, ...aliases],
  };
  return graphOf([], update);
};
const clusterWith = (...[all, aliases]: Parameters<typeof graphWith>): Cluster =>
  nextCluster([], graphWith(all, aliases), strictRules).cluster;
const customers = ({ members }: Pick<Cluster, 'members'>) =>
  [...members].map(([key, { customerId }]) => `${key} ${customerId}`).sort();

describe('an alias', () => {
  test('joins two user ids of which a customer has one, with all that each of them has', () => {
    const all = [told(user(1), email(1), 1), told(user(2), email(2), 2), told(user(2), device(1), 9)];
    const { groups, refusals } = partitionOf(graphWith(all, [alias(1, 2, 5)]), strictRules);
    expect(groups.map(({ members }) => members)).toEqual([[device(1), email(1), email(2), user(1), user(2)].sort()]);
    expect(refusals).toEqual([]);
  });

  test('makes no room for a third', () => {
    const all = [told(user(1), email(1), 1), told(user(3), email(1), 9)];
    const { groups, refusals } = partitionOf(graphWith(all, [alias(1, 2, 5)]), strictRules);
    expect(groups.map(({ members }) => members)).toEqual([[email(1), user(1), user(2)].sort(), [user(3)]]);
    expect(refusals).toMatchObject([{ reason: 'most_of_type', type: 'user_id' }]);
  });

  test('of ids that came together before, and were refused, joins them nevertheless', () => {
    const all = [told(user(1), user(2), 1)];
    expect(partitionOf(graphWith(all, []), strictRules).groups).toHaveLength(2);
    expect(partitionOf(graphWith(all, [alias(1, 2, 5)]), strictRules).groups).toHaveLength(1);
  });

  test('gives each account one user id, however the ids came together: a customer has one account', () => {
    fc.assert(
      fc.property(anyAliases, ({ all, aliases }) => {
        const graph = graphWith(all, aliases);
        const accounts = partitionOf({ ...graph, links: graph.links.filter(({ isAlias }) => isAlias) }, strictRules);
        const accountOf = new Map(
          accounts.groups.flatMap(({ members }) => members.map((key) => [key, members[0]] as const)),
        );
        const { groups, shared } = partitionOf(graph, strictRules);
        for (const { members } of groups) {
          const ids = members.filter((key) => key.startsWith('user_id:'));
          expect(new Set(ids.map((key) => accountOf.get(key))).size).toBeLessThanOrEqual(1);
        }
        const groupOf = new Map(groups.flatMap(({ members }) => members.map((key) => [key, members] as const)));
        for (const { a, b } of aliases) expect(shared.has(a) || groupOf.get(a) === groupOf.get(b)).toBe(true);
      }),
      { numRuns: runs },
    );
  });

  test('leaves who is who free of order and repeats, and the cluster’s text reads back', () => {
    const anyOrder = anyAliases.chain(({ all, aliases }) => {
      const { members, links } = graphOfTold(all);
      const twice = [...links, ...aliases, ...links, ...aliases];
      return fc.record({
        all: fc.constant(all),
        aliases: fc.constant(aliases),
        members: fc.constant(members),
        order: fc.shuffledSubarray(twice, { minLength: twice.length, maxLength: twice.length }),
      });
    });
    fc.assert(
      fc.property(anyOrder, ({ all, aliases, members, order }) => {
        fc.pre(order.length > 0);
        let clusters: Cluster[] = [];
        for (const [index, link] of order.entries()) {
          const told = new Map([link.a, link.b].map((key) => [key, members.get(key) ?? {}]));
          // As the table does: what is shared in its cluster makes no other cluster grow.
          const shared = new Set(
            [...told.keys()].filter((key) => clusters.some((one) => one.members.has(key) && one.shared.has(key))),
          );
          const touched = clusters.filter((one) =>
            [...told.keys()].some((key) => one.members.has(key) && !shared.has(key)),
          );
          const update = { members: told, links: [{ ...link, recordedMs: index + 1 }], shared };
          const step = stepCluster(touched, update, new Set(), strictRules, index + 1);
          if (step.kind !== 'changed') continue;
          const again = decodeCluster(step.cluster.clusterId, step.cluster.version, encodeCluster(step.cluster));
          clusters = [...clusters.filter((one) => !touched.includes(one)), again];
        }
        const found = new Map(clusters.flatMap((one) => [...one.members]));
        const expected = clusterWith(all, aliases);
        expect(
          [...expected.members.keys()].map((key) => `${key} ${found.get(key)?.customerId ?? personaOfKey(key)}`).sort(),
        ).toEqual(customers(expected));
      }),
      { numRuns: runs },
    );
  });

  test('that was wrong is undone: everybody is who they were before it', () => {
    fc.assert(
      fc.property(anyTold(4, 30), fc.integer({ min: 1, max: 40 }), fc.boolean(), (all, atMs, isFirst) => {
        const [one, other] = [1, 2];
        const { members, links } = graphOfTold(all);
        const known = new Map([[user(one), { firstMs: 50 }], [user(other), { firstMs: 60 }], ...members]);
        const before = nextCluster([], graphOf([], { members: known, links }), strictRules).cluster;
        // What is shared is asked of no alias, and what came together already is not joined by it.
        fc.pre(before.members.get(user(one))?.customerId !== before.members.get(user(other))?.customerId);
        const told = { members: new Map(), links: [alias(one, other, atMs, 1000)] };
        const joined = nextCluster([before], graphOf([before], told), strictRules).cluster;
        const [fromPersonaId, personaId] = [
          personaOfKey(user(isFirst ? one : other)),
          personaOfKey(user(isFirst ? other : one)),
        ];
        const asked = cutBetween(joined, { fromPersonaId, personaId, askedBy: 'credential', nowMs: 1e6 });
        if (asked.kind !== 'cut') throw new Error(asked.kind);
        const update = { members: new Map(), links: [], cut: asked.cut };
        const step = stepCluster([joined], update, new Set(), strictRules, 1e6);
        expect(step.kind === 'changed' && customers(step.cluster)).toEqual(customers(before));
      }),
      { numRuns: runs },
    );
  });
});

test('a visitor who signed up stays with the account when a server renames it, in whatever order that is learned', async () => {
  const random = randomOf(5).next;
  for (let round = 0; round < 5; round++) {
    await using world = await startIdentityWorld();
    for (const [message, trust] of [
      [{ type: 'page', anonymousId: 'b1', messageId: 'p1' }, 'public'],
      [{ type: 'identify', anonymousId: 'b1', userId: 'old', messageId: 's1' }, 'public'],
      [{ type: 'alias', previousId: 'old', userId: 'new', messageId: 'a1' }, 'server'],
      [{ type: 'page', userId: 'new', messageId: 'p2' }, 'server'],
    ] as const) {
      await world.send('web', [message], trust);
      world.wait(60_000);
      // The first round learns each at once.
      if (round === 0) await world.deliver({ random });
    }
    await world.deliver({ random, crashes: 0.1, repeats: 0.3 });
    const names = [
      ['anonymous_id', 'b1'],
      ['user_id', 'old'],
      ['user_id', 'new'],
    ] as const;
    const found = await Promise.all(names.map(([type, value]) => world.customer(type, value)));
    expect(new Set(found.map((one) => one?.customerId))).toEqual(new Set([world.personaId('anonymous_id', 'b1')]));
  }
});

test('a browser that claims a name of an account that a server told of first stays out, whatever it is renamed to', async () => {
  await using world = await startIdentityWorld();
  const calm = { random: randomOf(1).next };
  for (const [message, trust] of [
    [{ type: 'page', userId: 'victim', messageId: 'p1' }, 'server'],
    [{ type: 'identify', anonymousId: 'thief', userId: 'next', messageId: 's1' }, 'public'],
    [{ type: 'alias', previousId: 'victim', userId: 'next', messageId: 'a1' }, 'server'],
  ] as const) {
    await world.send('web', [message], trust);
    await world.deliver(calm);
    world.wait(60_000);
  }
  const thief = world.personaId('anonymous_id', 'thief');
  const cluster = await world.identities.read(world.personaId('user_id', 'victim'));
  const own = [...(cluster?.members ?? [])].filter(([, { customerId }]) => customerId === thief);
  expect(own.map(([key]) => personaOfKey(key))).toEqual([thief]);
  expect((await world.customer('user_id', 'victim'))?.customerId).toBe(world.personaId('user_id', 'victim'));
  expect((await world.customer('user_id', 'next'))?.customerId).toBe(world.personaId('user_id', 'victim'));
});

test('through the door and the table, in any order, with crashes and repeats, a renamed account is one customer', async () => {
  const random = randomOf(11).next;
  for (let round = 0; round < 6; round++) {
    await using world = await startIdentityWorld();
    const messages = [
      { type: 'track', event: 'Product Viewed', userId: 'old', timestamp: '2026-02-01T10:00:00.000Z', messageId: 'm1' },
      { type: 'identify', userId: 'old', anonymousId: 'b1', timestamp: '2026-02-02T10:00:00.000Z', messageId: 'm2' },
      { type: 'alias', previousId: 'old', userId: 'new', timestamp: '2026-02-03T10:00:00.000Z', messageId: 'm3' },
      { type: 'track', event: 'Product Viewed', userId: 'new', timestamp: '2026-02-04T10:00:00.000Z', messageId: 'm4' },
      { type: 'identify', userId: 'new', anonymousId: 'b1', timestamp: '2026-02-05T10:00:00.000Z', messageId: 'm5' },
    ];
    for (const message of shuffled(messages, random)) await world.send('billing', [message]);
    await world.deliver({ random, crashes: 0.1, repeats: 0.3 });
    const found = await Promise.all((['old', 'new'] as const).map((id) => world.customer('user_id', id)));
    expect(found.map((one) => [one?.customerId, one?.personas])).toEqual(
      [1, 2].map(() => [world.personaId('user_id', 'old'), 2]),
    );
    const browser = await world.identities.read(world.personaId('anonymous_id', 'b1'));
    expect(browser?.history.filter(({ event }) => event.kind === 'refusal')).toEqual([]);
  }
});
