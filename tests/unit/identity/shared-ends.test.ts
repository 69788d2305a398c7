import { expect, test } from 'vitest';
import { randomOf } from '#scripts/world/random.ts';
import { startIdentityWorld } from '#support/identity-world.ts';

const dayMs = 86_400_000;
const address = 'family@example.org';
const visit = (userId: string, day: number) => ({
  type: 'track',
  event: 'Checked In',
  messageId: `${userId}-${day}`,
  userId,
  context: { traits: { email: address } },
});

test.each([
  ['as they come', 0],
  ['with functions that die at any call', 0.05],
])(
  'an address of six is one’s who has it alone for more than a year, through door and table, %s',
  async (_, crashes) => {
    await using world = await startIdentityWorld();
    const random = randomOf(11).next;
    let day = 0;
    const visits = async (...people: string[]) => {
      day += 40;
      world.wait(40 * dayMs);
      await world.send(
        'store',
        people.map((person) => visit(person, day)),
      );
      await world.deliver({ random, crashes, repeats: 0.3 });
    };
    const ownerOf = async () => (await world.customer('email', address))?.customerId;

    await visits('ada', 'ben', 'cem', 'dora', 'eve', 'finn');
    expect(await ownerOf()).toBeUndefined();
    for (let month = 0; month < 10; month++) await visits('gus', 'ada', 'ben', 'cem', 'dora', 'eve');
    expect(await ownerOf()).toBeUndefined();

    // Of another cluster: whoever comes when the address is shared already joins nobody.
    for (let month = 0; month < 10; month++) await visits('gus');
    const gus = await world.customer('user_id', 'gus');
    expect(await ownerOf()).toBe(gus?.customerId);
    expect(gus?.profile.interactions.total).toBe(20);
    const cluster = await world.identities.read(world.personaId('user_id', 'gus'));
    const kinds = cluster?.history.map(({ event }) => event.kind).filter((kind) => kind.endsWith('share'));
    expect(kinds).toEqual(['share', 'unshare']);

    await visits('ada', 'ben', 'cem', 'dora', 'eve', 'finn');
    expect(await ownerOf()).toBeUndefined();
  },
);
