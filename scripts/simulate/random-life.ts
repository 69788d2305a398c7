import { type Random, randomOf } from '../world/random.ts';
import { seededWorld } from '../world/seeded-world.ts';
import type { Message } from './stubborn-client.ts';

/**
 * What the customers of a small world do in a span of time, with what makes life hard: events that are refused, orders told
 * twice by two touchpoints, visitors without an account, visitors who turn out to have one, a tablet of the whole family, and a
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
      return [named, ...toldAgain(named, random).map(own), ...refused(named, random).map(own)];
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
  const timestamp = new Date(Date.parse(message.timestamp) + 1 + random.below(60_000)).toISOString();
  const properties = { ...Object(message.properties), revenue: 1.23 };
  return [{ ...message, timestamp, properties, context: { touchpoint: 'store' } }];
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
