import { type Random, randomOf } from '#scripts/world/random.ts';
import { seededWorld } from '#scripts/world/seeded-world.ts';
import type { Message } from './stubborn-client.ts';

/**
 * What the customers of a small world do in a span of time, with what makes life hard: events that are refused, orders told
 * twice by two touchpoints and given back by two systems, orders in many currencies on one day, unsubscribes, visitors without an account, visitors who turn out to have one, a tablet of the whole family, and a
 * kiosk that everybody uses, in other worlds of the cloud too. In order of time; ids begin with the prefix.
 */
export function randomLife(seed: number, idPrefix: string, span: { minutes: number; endMs: number }): Message[] {
  const random = randomOf(seed * 17 + 3);
  const world = seededWorld({ seed, customers: 3, days: span.minutes / 1440, endMs: span.endMs });
  let number = 0;
  const own = (message: Message): Message => ({ ...message, messageId: `${idPrefix}${++number}` });
  return world
    .flatMap(({ touchpoint, message }): Message[] => {
      const context = { ...Object(message.context), touchpoint };
      const who = { ...ownName(message, idPrefix), ...asVisitor(message, random, idPrefix) };
      // What a visitor without account does at a kiosk is the kiosk's: of a kiosk in this world, for auditors know no other.
      const kiosk = who.userId === undefined ? `${idPrefix}kiosk` : 'kiosk';
      const named = own({ ...message, ...who, context: { ...context, ...atKiosk(random, kiosk) } });
      const more = [toldAgain, givenBackTwice, shoppedAbroad, unsubscribed, refused] as const;
      return [named, ...more.flatMap((telling) => telling(named, random).map(own))];
    })
    .filter(({ timestamp }) => Date.parse(timestamp) < span.endMs);
}

/** Names of customers and orders are the run's own, so that runs can share a cloud. */
function ownName({ userId, properties }: Message, idPrefix: string): Partial<Message> {
  const orderId: unknown = Object(properties).order_id;
  return {
    userId: `${idPrefix}${userId}`,
    ...(orderId === undefined ? {} : { properties: { ...Object(properties), order_id: `${idPrefix}${orderId}` } }),
  };
}

/** A browser, before or after the visitor signed in, or the family's tablet. */
function asVisitor(message: Message, random: Random, idPrefix: string): Partial<Message> {
  const chance = message.type === 'page' ? random.next() : 1;
  const anonymousId = `${idPrefix}visitor-of-${message.userId}`;
  if (chance < 0.1) return { anonymousId };
  if (chance < 0.15) return { anonymousId, userId: undefined };
  return chance < 0.2 ? { anonymousId: `${idPrefix}tablet` } : {};
}

function atKiosk(random: Random, kiosk: string): object {
  return random.next() < 0.05 ? { device: { id: kiosk } } : {};
}

/** A shop tells of an order too, later and with another amount: the first message counts. */
function toldAgain(message: Message, random: Random): Message[] {
  if (message.event !== 'Order Completed' || random.next() > 0.3) return [];
  // Later by more than a wrong clock's correction is off, which is the time that a request takes.
  const timestamp = new Date(Date.parse(message.timestamp) + 300_000 + random.below(60_000)).toISOString();
  const properties = { ...Object(message.properties), revenue: 1.23 };
  return [{ ...message, timestamp, properties, context: { touchpoint: 'store' } }];
}

/** The shop's system and the books' tell of the same money; the second one may not know how much it was. */
function givenBackTwice(message: Message, random: Random): Message[] {
  if (message.event !== 'Order Refunded') return [];
  const timestamp = new Date(Date.parse(message.timestamp) + random.below(3_600_000)).toISOString();
  const { total, ...properties } = Object(message.properties);
  const amount = random.pick([{ total }, {}, { total: Number(total) / 2 }]);
  const event = random.pick(['Order Refunded', 'Order Cancelled']);
  return [
    { ...message, event, timestamp, properties: { ...properties, ...amount }, context: { touchpoint: 'billing' } },
  ];
}

/** An airport: small orders in more currencies than a day usually has, one of them cancelled. */
function shoppedAbroad(message: Message, random: Random): Message[] {
  if (message.event !== 'Order Completed' || random.next() > 0.1) return [];
  const order_id = String(Object(message.properties).order_id);
  const orders = ['USD', 'GBP', 'CHF', 'SEK', 'PLN', 'CZK'].map((currency, index) => ({
    ...message,
    properties: { order_id: `${order_id}-${currency}`, revenue: 1.5 + index, currency },
  }));
  return [
    ...orders,
    ...orders.slice(-1).map((last) => ({ ...last, event: 'Order Cancelled', context: { touchpoint: 'billing' } })),
  ];
}

/** By a link in a mail, which knows of no decision; a banner that saw the yes of before goes on stamping it. */
function unsubscribed(message: Message, random: Random): Message[] {
  if (message.type === 'identify' || message.userId === undefined || random.next() > 0.03) return [];
  const at = (ms: number) => new Date(Date.parse(message.timestamp) + ms).toISOString();
  const { userId, messageId } = message;
  const stamp = { consent: { categoryPreferences: { marketing: true } } };
  return [
    { messageId, userId, type: 'track', event: 'Unsubscribed', timestamp: at(1000), context: { touchpoint: 'email' } },
    {
      messageId,
      userId,
      type: 'page',
      name: 'Home',
      timestamp: at(3_600_000),
      context: { touchpoint: 'web', ...stamp },
    },
  ];
}

function refused(message: Message, random: Random): Message[] {
  if (random.next() > 0.08) return [];
  // Traits name somebody too, by e-mail address, and so do devices.
  const { userId: _user, anonymousId: _visitor, traits: _traits, context, ...rest } = message;
  const nobody = { ...rest, context: { touchpoint: Object(context).touchpoint } };
  const faults: readonly Message[] = [
    nobody,
    { ...message, type: 'purchase' },
    { ...message, type: 'track', event: 'Order Completed', properties: { revenue: -1 } },
  ];
  return [random.pick(faults)];
}
