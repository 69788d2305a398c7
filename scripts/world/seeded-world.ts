import { dayMs } from '#domain/calendar/days.ts';
import type { WorldEvent } from './event.ts';
import { type Random, randomOf } from './random.ts';

const firstNames = [
  'Ada',
  'Bilal',
  'Carla',
  'Dmitri',
  'Eun-ji',
  'Fatou',
  'Gustav',
  'Hana',
  'Ines',
  'Jamal',
  'Kirsten',
  'Luca',
] as const;
const cities = ['Hamburg', 'Lyon', 'Porto', 'Leeds', 'Turin', 'Ghent'] as const;
const products = [
  { product_id: 'router-7', name: 'Wi-Fi 7 router', category: 'hardware', price: 189 },
  { product_id: 'mesh-2', name: 'Mesh extender, pair', category: 'hardware', price: 99.9 },
  { product_id: 'fibre-500', name: 'Fibre 500', category: 'broadband', price: 39.99 },
  { product_id: 'fibre-1000', name: 'Fibre 1000', category: 'broadband', price: 49.99 },
  { product_id: 'tv-sport', name: 'Sport channels', category: 'television', price: 14.5 },
  { product_id: 'roam-eu', name: 'Roaming pass', category: 'mobile', price: 9.95 },
] as const;
const campaigns = ['autumn-fibre', 'sport-weekend', 'come-back'] as const;

/**
 * The last `days` days of a small telecoms firm before `endMs`: customers browse, buy, call, pay and have things repaired,
 * each at the touchpoint where that happens. In order of time; equal arguments give equal events.
 */
export function seededWorld({
  seed,
  customers,
  days,
  endMs,
}: {
  seed: number;
  customers: number;
  days: number;
  endMs: number;
}): WorldEvent[] {
  const events = Array.from({ length: customers }, (_, index) =>
    customerLife(index + 1, days, endMs, randomOf(seed * 10_007 + index)),
  ).flat();
  return events.sort((a, b) => (a.message.timestamp < b.message.timestamp ? -1 : 1));
}

function customerLife(number: number, days: number, endMs: number, random: Random): WorldEvent[] {
  const userId = `customer-${String(number).padStart(4, '0')}`;
  const startMs = endMs - days * dayMs;
  const anonymousId = random.uuid();
  const events: WorldEvent[] = [];
  const say = (touchpoint: WorldEvent['touchpoint'], atMs: number, message: Record<string, unknown>) => {
    if (atMs >= endMs) return;
    const timestamp = new Date(atMs).toISOString();
    events.push({ touchpoint, message: { messageId: `world-${random.uuid()}`, timestamp, userId, ...message } });
  };

  const firstName = random.pick(firstNames);
  const joinedMs = startMs + random.exponential(days / 6) * dayMs;
  say('web', joinedMs, {
    type: 'identify',
    anonymousId,
    // Three in four want to hear of offers; the others said no.
    context: { timezone: 'Europe/Berlin', consent: { categoryPreferences: { marketing: number % 4 !== 0 } } },
    traits: {
      firstName,
      email: `${firstName.toLowerCase()}.${number}@example.com`,
      address: { city: random.pick(cities) },
      plan: random.pick(['basic', 'plus', 'max']),
    },
  });
  const daysBetweenVisits = 2 + random.exponential(6);
  for (let atMs = joinedMs; atMs < endMs; atMs += random.exponential(daysBetweenVisits) * dayMs)
    visit(atMs, anonymousId, say, random);
  for (let atMs = joinedMs + random.below(28) * dayMs; atMs < endMs; atMs += 30 * dayMs) {
    say('billing', atMs, {
      type: 'track',
      event: 'Invoice Sent',
      properties: { amount: 20 + random.below(60), currency: 'EUR' },
    });
    if (random.next() < 0.05)
      say('collections', atMs + 20 * dayMs, { type: 'track', event: 'Payment Reminded', properties: { step: 1 } });
  }
  if (random.next() < 0.2) trouble(joinedMs + random.next() * (endMs - joinedMs), say, random);
  return events;
}

type Say = (touchpoint: WorldEvent['touchpoint'], atMs: number, message: Record<string, unknown>) => void;

function visit(startMs: number, anonymousId: string, say: Say, random: Random): void {
  const touchpoint = random.next() < 0.6 ? 'web' : 'app';
  const campaign = random.next() < 0.15 ? { campaign: { name: random.pick(campaigns), medium: 'email' } } : {};
  const context = { ...campaign, library: { name: 'world', version: '1' } };
  let atMs = startMs;
  const step = () => {
    atMs += 5_000 + random.exponential(40_000);
    return atMs;
  };
  say(
    touchpoint,
    step(),
    touchpoint === 'web'
      ? { type: 'page', name: 'Home', anonymousId, context }
      : { type: 'screen', name: 'Start', context },
  );
  for (let views = 1 + random.below(4); views > 0; views--) {
    const { price, ...product } = random.pick(products);
    say(touchpoint, step(), {
      type: 'track',
      event: 'Product Viewed',
      properties: { ...product, price, currency: 'EUR' },
      context,
    });
    if (random.next() > 0.12) continue;
    const quantity = 1 + random.below(2);
    const order = {
      order_id: `order-${random.uuid().slice(0, 8)}`,
      revenue: Number((price * quantity).toFixed(2)),
      currency: 'EUR',
    };
    say(touchpoint, step(), {
      type: 'track',
      event: 'Order Completed',
      properties: { ...order, products: [{ ...product, price, quantity }] },
      context,
    });
    if (random.next() < 0.06) {
      say('store', atMs + 3 * dayMs, {
        type: 'track',
        event: 'Order Refunded',
        properties: { order_id: order.order_id, total: order.revenue, currency: 'EUR' },
      });
    }
  }
}

function trouble(atMs: number, say: Say, random: Random): void {
  say('call-centre', atMs, {
    type: 'track',
    event: 'Call Answered',
    properties: { topic: 'no signal', minutes: 4 + random.below(20) },
  });
  say('repair', atMs + dayMs, { type: 'track', event: 'Repair Visited', properties: { solved: random.next() < 0.8 } });
}
