import { expect, test } from 'vitest';
import { randomOf } from '#scripts/world/random.ts';
import { startIdentityWorld } from '#support/identity-world.ts';

const calm = { random: randomOf(1).next };
const minute = 60_000;

type World = Awaited<ReturnType<typeof startIdentityWorld>>;

/** A customer whom the shop’s server has told of, with a name, an address and the browser that is proven to be hers. */
async function victimIn(world: World): Promise<void> {
  await world.send('web', [
    {
      type: 'identify',
      userId: 'victim',
      anonymousId: 'victims-browser',
      traits: { email: 'victim@example.org', plan: 'gold' },
      messageId: 'v1',
      timestamp: '2026-02-01T10:00:00.000Z',
    },
  ]);
  await world.deliver(calm);
  world.wait(minute);
}

/** What is known of the victim, by her every name, as far as a stranger must not move it. */
async function knownOf(world: World) {
  const names = [
    ['user_id', 'victim'],
    ['email', 'victim@example.org'],
    ['anonymous_id', 'victims-browser'],
  ] as const;
  const customers = await Promise.all(names.map(([type, value]) => world.customer(type, value)));
  return customers.map((customer) => [customer?.customerId, customer?.profile.firstSeenAt]);
}

const old = '1970-01-01T00:00:01.000Z';
/** What can be told with the key in the shop’s pages, knowing one address or user id. */
const attacks: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  'a takeover: a link dated 1970': [
    {
      type: 'identify',
      userId: 'thief',
      anonymousId: 'thiefs-browser',
      traits: { email: 'victim@example.org' },
      timestamp: old,
    },
    { type: 'identify', userId: 'victim', anonymousId: 'thiefs-browser', timestamp: old },
  ],
  'a merger: my browser becomes the victim': [
    { type: 'page', anonymousId: 'thiefs-browser' },
    { type: 'identify', anonymousId: 'thiefs-browser', traits: { email: 'victim@example.org' } },
    { type: 'identify', anonymousId: 'thiefs-browser', userId: 'victim' },
    { type: 'alias', previousId: 'thiefs-browser', userId: 'victim' },
  ],
  'a divorce: six user ids make the address a shared one': [1, 2, 3, 4, 5, 6].map((n) => ({
    type: 'identify',
    userId: `nobody-${n}`,
    traits: { email: 'victim@example.org' },
  })),
  'a filling: identifiers without end': Array.from({ length: 60 }, (_, n) => ({
    type: 'identify',
    userId: 'victim',
    ...(n % 2 === 0 ? { anonymousId: `fake-${n}` } : {}),
    traits: { phone: `+4930${1_000_000 + n}`, email: `fake-${n}@example.org` },
  })),
};

test.each(Object.keys(attacks))(
  '%s: whose browser, address and account are one does not change, nor since when',
  async (name) => {
    await using world = await startIdentityWorld();
    await victimIn(world);
    const before = await knownOf(world);
    const attack = (attacks[name] ?? []).map((message, index) => ({ event: 'x', messageId: `a${index}`, ...message }));
    for (let at = 0; at < attack.length; at += 50) await world.send('web', attack.slice(at, at + 50), 'public');
    await world.deliver({ random: randomOf(3).next, repeats: 0.1, width: 4 });
    expect(await knownOf(world)).toEqual(before);
    // The victim’s own new address, told by the shop, still finds its place.
    world.wait(minute);
    await world.send('web', [{ type: 'identify', userId: 'victim', traits: { email: 'new@example.org' } }]);
    await world.deliver(calm);
    expect((await world.customer('email', 'new@example.org'))?.customerId).toBe(before[0]?.[0]);
  },
);

test('a visitor who signs up is one with the visit before, and stays so once the shop’s server knows the account', async () => {
  await using world = await startIdentityWorld();
  await world.send('web', [{ type: 'page', anonymousId: 'b1', messageId: 'p1' }], 'public');
  await world.deliver(calm);
  world.wait(minute);
  const signUp = { type: 'identify', anonymousId: 'b1', userId: 'new', traits: { email: 'new@example.org' } };
  await world.send('web', [{ ...signUp, messageId: 's1' }], 'public');
  await world.deliver(calm);
  world.wait(minute);
  const names = [
    ['anonymous_id', 'b1'],
    ['user_id', 'new'],
    ['email', 'new@example.org'],
  ] as const;
  const ids = async () =>
    new Set(
      (await Promise.all(names.map(([type, value]) => world.customer(type, value)))).map((one) => one?.customerId),
    );
  expect([...(await ids())]).toEqual([world.personaId('anonymous_id', 'b1')]);
  await world.send('billing', [
    { type: 'identify', userId: 'new', traits: { email: 'new@example.org' }, messageId: 't1' },
  ]);
  await world.deliver(calm);
  expect([...(await ids())]).toEqual([world.personaId('anonymous_id', 'b1')]);
});

test('one browser that claims any number of addresses makes no cluster of them, known or unknown', async () => {
  await using world = await startIdentityWorld();
  const known = Array.from({ length: 30 }, (_, n) => `known-${n}@example.org`);
  await world.send(
    'email',
    known.map((email) => ({ type: 'identify', traits: { email } })),
  );
  await world.deliver(calm);
  world.wait(minute);
  const unknown = Array.from({ length: 30 }, (_, n) => `unknown-${n}@example.org`);
  const claims = [...known, ...unknown].map((email) => ({ type: 'identify', anonymousId: 'thief', traits: { email } }));
  for (let at = 0; at < claims.length; at += 50) await world.send('web', claims.slice(at, at + 50), 'public');
  await world.deliver({ random: randomOf(5).next, width: 4 });
  const sizes = [];
  for (const email of [...known, ...unknown]) {
    const cluster = await world.identities.read(world.personaId('email', email));
    sizes.push(cluster?.members.size ?? 1);
    expect((await world.customer('email', email))?.customerId).toBe(world.personaId('email', email));
  }
  expect(Math.max(...sizes)).toBeLessThanOrEqual(12);
});
