import { randomUUID } from 'node:crypto';
import type { Random } from '#scripts/world/random.ts';
import type { Victim } from './victims.ts';

/** One HTTP request of an attacker. */
export interface AttackRequest {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body: unknown;
}

/** What an attacker knows besides the public key. */
export interface Loot {
  readonly victims: readonly Victim[];
  /** Decisions that were made and shown: the attacker has seen how their ids look, and says what the ids beside them might be. */
  readonly links: readonly { readonly decisionId: string; readonly treatmentId: string }[];
  readonly nowMs: number;
}

type Attack = (random: Random, victim: Victim, loot: Loot) => AttackRequest;

const track = (event: object): AttackRequest => ({ method: 'POST', path: '/v1/track', body: event });
const identify = (event: object): AttackRequest => ({ method: 'POST', path: '/v1/identify', body: event });
const when = (random: Random, nowMs: number) =>
  random.pick([
    {},
    { timestamp: '1970-01-01T00:00:01Z' },
    { timestamp: new Date(nowMs - random.below(3 * 86_400_000)).toISOString() },
    { timestamp: new Date(nowMs + random.below(86_400_000)).toISOString() },
    { timestamp: new Date(nowMs).toISOString(), sentAt: new Date(nowMs + random.below(86_400_000)).toISOString() },
  ]);
const named = (victim: Victim, random: Random) =>
  random.pick([
    { userId: victim.userId },
    { traits: { email: victim.email } },
    { traits: { phone: victim.phone } },
    { context: { externalIds: [{ id: victim.loyaltyId, type: 'loyalty_id' }] } },
  ]);
/** A browser of the attacker's: one of a few that come again, or a fresh one. */
const browser = (random: Random) =>
  random.next() < 0.5 ? `attacker-browser-${random.below(5)}` : `attacker-${random.below(1e9)}`;

/** An id that differs in its last byte. Whoever has a decision's own id, from its link, may tell what became of it. */
function siblingOf(decisionId: string, random: Random): string {
  const last = Number.parseInt(decisionId.slice(-2), 16);
  return decisionId.slice(0, -2) + ((last + 1 + random.below(255)) % 256).toString(16).padStart(2, '0');
}

/** Ways to harm somebody with a key that stands in every web page. */
const attacks: Readonly<Record<string, Attack>> = {
  takeover: (random, victim, { nowMs }) =>
    identify({ ...named(victim, random), anonymousId: browser(random), ...when(random, nowMs) }),
  merger: (random, victim, { victims }) =>
    identify({
      userId: victim.userId,
      traits: { email: random.pick(victims).email, phone: random.pick(victims).phone },
    }),
  divorce: (random, victim) => identify({ userId: `mule-${random.below(50)}`, traits: { email: victim.email } }),
  traits: (random, victim, { nowMs }) => {
    const { traits, ...who } = { traits: {}, ...named(victim, random) };
    const said = { plan: 'stolen', city: 'Nowhere', first_name: 'Mallory', age: 1, timezone: 'Pacific/Kiritimati' };
    return identify({ ...who, anonymousId: browser(random), ...when(random, nowMs), traits: { ...said, ...traits } });
  },
  zone: (random, victim, { nowMs }) => ({
    method: 'POST',
    path: '/v1/page',
    body: { userId: victim.userId, ...when(random, nowMs), context: { timezone: 'Pacific/Kiritimati' } },
  }),
  'consent in an event': (random, victim, { nowMs }) => ({
    method: 'POST',
    path: '/v1/page',
    body: {
      userId: victim.userId,
      anonymousId: browser(random),
      ...when(random, nowMs),
      context: { consent: { categoryPreferences: { marketing: random.next() < 0.5, profiling: random.next() < 0.5 } } },
    },
  }),
  'consent by the API': (random, victim) => ({
    method: 'PUT',
    path: `/v1/customers/${encodeURIComponent(random.pick([`user_id:${victim.userId}`, `email:${victim.email}`]))}/consents`,
    body: { marketing: random.next() < 0.5 },
  }),
  unsubscribe: (random, victim) =>
    track({
      ...named(victim, random),
      anonymousId: browser(random),
      event: random.pick(['Unsubscribed', 'Email Marked as Spam', 'Email Bounced']),
    }),
  refund: (random, victim, { nowMs }) =>
    track({
      userId: victim.userId,
      event: random.pick(['Order Refunded', 'Order Cancelled']),
      ...when(random, nowMs),
      properties: { order_id: victim.orderId, currency: 'EUR', ...random.pick([{}, { total: 1 }, { total: 1e9 }]) },
    }),
  'another amount of an order': (random, victim, { nowMs }) =>
    track({
      userId: victim.userId,
      event: 'Order Completed',
      ...when(random, nowMs),
      properties: { order_id: victim.orderId, currency: 'EUR', revenue: random.pick([0, 0.01, 9_999_999]) },
    }),
  'flood of names': (random, victim) => {
    const names = Array.from({ length: 20 }, () => `n${random.below(1e6)}`);
    return random.pick([
      identify({ userId: victim.userId, traits: Object.fromEntries(names.map((name) => [name, 1])) }),
      track({ userId: victim.userId, event: random.pick(names), context: { campaign: { name: random.pick(names) } } }),
      track({
        userId: victim.userId,
        event: 'Product Viewed',
        properties: { products: names.map((id) => ({ product_id: id, category: id })) },
      }),
    ]);
  },
  'flood of consents': (random, victim) => ({
    method: 'POST',
    path: '/v1/page',
    body: {
      userId: victim.userId,
      context: {
        consent: {
          categoryPreferences: Object.fromEntries(Array.from({ length: 30 }, () => [`c${random.below(1e6)}`, true])),
        },
      },
    },
  }),
  'flood of identifiers': (_random, victim) =>
    identify({
      userId: victim.userId,
      anonymousId: randomUUID(),
      context: { externalIds: Array.from({ length: 8 }, () => ({ id: randomUUID(), type: 'anonymous_id' })) },
    }),
  alias: (random, victim, { victims }) => ({
    method: 'POST',
    path: '/v1/alias',
    body: { userId: victim.userId, previousId: random.pick([random.pick(victims).userId, browser(random)]) },
  }),
  'disposition of the firm': (random, victim, { links }) =>
    track({
      userId: victim.userId,
      event: 'Disposition Captured',
      properties: {
        disposition: random.pick(['rejected', 'complained', 'unsubscribed', 'converted', 'ignored']),
        treatment_id: random.pick(links).treatmentId,
        offer_id: 'tv-sport',
        offer_group: 'grow',
        channel: 'web',
      },
    }),
  'disposition of a sibling': (random, victim, { links }) => {
    const { decisionId, treatmentId } = random.pick(links);
    const sibling = siblingOf(decisionId, random);
    return random.pick([
      track({
        userId: victim.userId,
        event: 'Promotion Clicked',
        properties: { decision_id: sibling, promotion_id: treatmentId },
      }),
      track({
        anonymousId: browser(random),
        event: 'Order Completed',
        properties: {
          decision_id: sibling,
          treatment_id: treatmentId,
          order_id: randomUUID(),
          revenue: 1e9,
          currency: 'EUR',
        },
      }),
      {
        method: 'POST' as const,
        path: '/v1/dispositions',
        body: {
          decisionId: sibling,
          treatmentId,
          disposition: random.pick(['clicked', 'converted', 'complained', 'rejected']),
          ...random.pick([
            {},
            { value: { amountMinor: 1e12, currency: 'EUR' } },
            { occurredAt: '1970-01-02T00:00:00Z' },
          ]),
        },
      },
    ]);
  },
  garbage: (random) => ({
    method: 'POST',
    path: '/v1/batch',
    body: { batch: Array.from({ length: 1 + random.below(800) }, () => random.pick([0, null, {}, 'x'])) },
  }),
};

/** The names of all kinds of attacks. */
export const attackNames = Object.keys(attacks);

/** A request of a kind against somebody. */
export function attackOf(name: string, random: Random, loot: Loot): AttackRequest {
  const attack = attacks[name];
  if (attack === undefined) throw new RangeError(`No attack is named ${name}`);
  return attack(random, random.pick(loot.victims), loot);
}
