import { randomUUID } from 'node:crypto';
import { play } from '#scripts/world/play.ts';
import { type Random, randomOf } from '#scripts/world/random.ts';

/** A customer of the firm, by all that an attacker may have found out about them: everything but the browser's random id. */
export interface Victim {
  readonly userId: string;
  readonly email: string;
  readonly phone: string;
  readonly loyaltyId: string;
  readonly orderId: string;
  /** Known to the browser alone. */
  readonly anonymousId: string;
}

/** Makes up customers whose ids an attacker can count through. */
export function victims(count: number): Victim[] {
  return Array.from({ length: count }, (_, index) => ({
    userId: `customer-${index}`,
    email: `customer-${index}@example.com`,
    phone: `+49151${String(20_000_000 + index)}`,
    loyaltyId: `card-${index}`,
    orderId: `order-${index}`,
    anonymousId: randomUUID(),
  }));
}

/** Has the firm's own server tell of them: who they are, what they bought, what they agreed to, and in which browser. */
export async function tellOfVictims(
  all: readonly Victim[],
  { url, serverKey, nowMs, seed }: { url: string; serverKey: string; nowMs: number; seed: number },
): Promise<void> {
  const random = randomOf(seed);
  const events = all.flatMap((victim) => eventsOf(victim, nowMs, random));
  const { rejected } = await play(
    events.map((message) => ({ touchpoint: 'web', message })),
    { url, keyOf: () => serverKey },
    () => {},
  );
  if (rejected > 0) throw new Error(`${rejected} of ${events.length} events about victims were refused`);
}

function eventsOf({ userId, email, phone, loyaltyId, orderId, anonymousId }: Victim, nowMs: number, random: Random) {
  const at = (daysAgo: number) => new Date(nowMs - daysAgo * 86_400_000).toISOString();
  const consent = { categoryPreferences: { marketing: random.next() < 0.7, profiling: random.next() < 0.5 } };
  const revenue = 10 + random.below(200);
  return [
    {
      type: 'identify',
      userId,
      anonymousId,
      timestamp: at(20),
      traits: { email, phone, plan: random.pick(['basic', 'gold']), city: random.pick(['Berlin', 'Wien', 'Zürich']) },
      context: { consent, timezone: 'Europe/Berlin', externalIds: [{ id: loyaltyId, type: 'loyalty_id' }] },
    },
    {
      type: 'track',
      userId,
      timestamp: at(10),
      event: 'Order Completed',
      properties: { order_id: orderId, revenue, currency: 'EUR' },
    },
    {
      type: 'track',
      userId,
      timestamp: at(5),
      event: 'Product Viewed',
      properties: { product_id: `sku-${random.below(20)}` },
    },
    { type: 'page', anonymousId, timestamp: at(3), name: 'Home', context: { timezone: 'Europe/Berlin' } },
  ];
}
