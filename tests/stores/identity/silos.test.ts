import { describe, expect, test } from 'vitest';
import type { Touchpoint } from '#domain/vocabulary/touchpoint.ts';
import { readPurchaseLog } from '#scripts/world/purchase-log.ts';
import { type Random, randomOf } from '#scripts/world/random.ts';
import { shuffled, startIdentityWorld } from '#support/identity-world.ts';
import { sharedData } from '#support/shared-data.ts';
import { sizeOf } from '#support/size-of.ts';

const sample = sharedData('cdnow/CDNOW_sample.txt');
/** Of this many guests one is looked at. */
const everyNth = sizeOf({ part: 5, whole: 1 });

type Message = Readonly<Record<string, unknown>>;

/** A guest in each silo: a key that only the silo knows, and how its events carry it. */
const silos = [
  {
    type: 'hotel_id',
    touchpoint: 'ordering',
    keyOf: (guest: string) => `H${guest}`,
    carry: (key: string) => ({ userId: key }),
  },
  {
    type: 'spa_id',
    touchpoint: 'store',
    keyOf: (guest: string) => `spa/${guest}`,
    carry: (key: string) => ({ properties: { spa_guest: key } }),
  },
  { type: 'user_id', touchpoint: 'web', keyOf: (guest: string) => guest, carry: (key: string) => ({ userId: key }) },
  {
    type: 'email',
    touchpoint: 'email',
    keyOf: (guest: string) => `Guest.${guest}@Example.com`,
    carry: (key: string) => ({ context: { traits: { email: key } } }),
  },
] as const satisfies readonly { touchpoint: Touchpoint; [key: string]: unknown }[];

const settings = {
  types: [{ name: 'hotel_id' }, { name: 'spa_id' }],
  mappings: [
    { from: 'userId', type: 'hotel_id', touchpoint: 'ordering' as const },
    { from: 'properties.spa_guest', type: 'spa_id', touchpoint: 'store' as const },
  ],
};

const centsOf = (purchases: readonly Message[]) =>
  purchases.reduce((sum, { properties }) => sum + Math.round(Object(properties).revenue * 100), 0);

/** What the silos tell about a guest: each purchase in one of them, and the links of a random tree over them. */
function tellingsOf(guest: string, purchases: readonly Message[], random: Random): [Touchpoint, Message][] {
  const told = purchases.map(({ userId: _, ...message }): [Touchpoint, Message] => {
    const { touchpoint, carry, keyOf } = random.pick(silos);
    const said: Message = carry(keyOf(guest));
    return [
      touchpoint,
      { ...message, ...said, properties: { ...Object(message.properties), ...Object(said.properties) } },
    ];
  });
  const links = silos.slice(1).map(({ type, keyOf }, index): [Touchpoint, Message] => {
    const other = silos[random.below(index + 1)] ?? silos[0];
    const externalIds = [
      { type, id: keyOf(guest) },
      { type: other.type, id: other.keyOf(guest) },
    ];
    // Long after the purchases, at a touchpoint that maps nothing.
    const timestamp = new Date(Date.UTC(2026, 0, 1) + random.below(1_000_000)).toISOString();
    return [
      'call-centre',
      { type: 'identify', messageId: `link-${guest}-${type}`, timestamp, context: { externalIds } },
    ];
  });
  return [...told, ...links];
}

describe.skipIf(sample.missing)(sample.missing || 'the CDNOW sample, spread over four silos', () => {
  test(`is the same customers with the same money as in one, within ${60 / everyNth} s of a core: one in ${everyNth} of 2,357`, async () => {
    const random = randomOf(2357);
    const everybody = Map.groupBy(
      readPurchaseLog(sample.file).map(({ message }) => message),
      ({ userId }) => String(userId),
    );
    expect([everybody.size, centsOf([...everybody.values()].flat())]).toEqual([2357, 24_409_194]);
    const purchases = new Map([...everybody].filter((_, index) => index % everyNth === 0));
    const tellings = shuffled(
      [...purchases].flatMap(([guest, own]) => tellingsOf(guest, own, random)),
      random.next,
    );

    await using world = await startIdentityWorld(settings);
    const startedAt = process.threadCpuUsage();
    for (const [touchpoint, own] of Map.groupBy(tellings, ([place]) => place)) {
      const messages = own.map(([, message]) => message);
      for (let at = 0; at < messages.length; at += 100) await world.send(touchpoint, messages.slice(at, at + 100));
    }
    await world.deliver({ random: random.next, repeats: 0.02, width: 2, batch: 50 });
    const { user, system } = process.threadCpuUsage(startedAt);
    const seconds = (user + system) / 1e6;
    console.log(
      `CDNOW in four silos: ${tellings.length} events of ${purchases.size} customers in ${seconds.toFixed(1)} s of a core`,
    );
    expect(seconds).toBeLessThan(60 / everyNth);

    const customerIds = new Set<string>();
    let cents = 0;
    for (const [guest, own] of purchases) {
      const silo = random.pick(silos);
      const customer = await world.customer(
        silo.type,
        silo.type === 'email' ? silo.keyOf(guest).toLowerCase() : silo.keyOf(guest),
      );
      const [total] = customer?.profile.purchases ?? [];
      expect([guest, total?.orders, total?.revenueMinor]).toEqual([guest, own.length, centsOf(own)]);
      customerIds.add(customer?.customerId ?? '');
      cents += total?.revenueMinor ?? 0;
    }
    expect([customerIds.size, cents]).toEqual([purchases.size, centsOf([...purchases.values()].flat())]);
  }, 600_000);
});
