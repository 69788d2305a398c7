import { expect, test } from 'vitest';
import { chunksOf } from '#runtime/chunks-of.ts';
import { randomOf } from '#scripts/world/random.ts';
import { startIdentityWorld } from '#support/identity-world.ts';

const people = 1000;

const visit = (number: number, who: Readonly<Record<string, unknown>>, device: string) => ({
  type: 'track',
  event: 'Checked In',
  messageId: `${device}-${number}`,
  timestamp: new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString(),
  ...who,
  context: { device: { id: device }, traits: who.traits },
});

test.each<[string, string, (number: number) => string, (value: string) => Readonly<Record<string, unknown>>]>([
  ['user ids', 'user_id', (number) => `guest-${number}`, (userId) => ({ userId })],
  ['e-mail addresses', 'email', (number) => `guest-${number}@example.org`, (email) => ({ traits: { email } })],
])(
  'a kiosk’s device id shared by 1,000 people with %s merges nobody',
  async (_, type, guestOf, named) => {
    await using world = await startIdentityWorld();
    const visits = Array.from({ length: people }, (_unused, number) =>
      visit(number, named(guestOf(number)), 'kiosk-7'),
    );
    for (const some of chunksOf(visits, 500)) await world.send('store', some);
    await world.deliver({ random: randomOf(7).next });

    const customerIds = new Set<string>();
    for (let number = 0; number < people; number++) {
      const customer = await world.customer(type, guestOf(number));
      expect([customer?.personas, customer?.profile.interactions.total]).toEqual([1, 1]);
      customerIds.add(customer?.customerId ?? '');
    }
    expect(customerIds.size).toBe(people);
    expect(await world.customer('device_id', 'kiosk-7')).toBeUndefined();
  },
  300_000,
);
