import { expect, test } from 'vitest';
import { type Random, randomOf } from '#scripts/world/random.ts';
import { type FoundCustomer, startIdentityWorld } from '#support/identity-world.ts';
import { sizeOf } from '#support/size-of.ts';

/** `LEMNISCATE_IDENTITY_TRIALS=200` runs as many seeds. */
const trials = sizeOf({ part: 3, whole: 100 });
const interactions = 500;
const startMs = Date.UTC(2026, 0, 1);

const names = ['user_id', 'loyalty_id', 'email', 'phone', 'anonymous_id'] as const;
type Name = (typeof names)[number];

/** The person's identifiers in a trial, the most important first. */
const identifiersIn = (trial: number): Record<Name, string> => ({
  user_id: `user-${trial}`,
  loyalty_id: `card-${trial}`,
  email: `person-${trial}@example.org`,
  phone: `+4930${String(1_000_000 + trial)}`,
  anonymous_id: `browser-${trial}`,
});

/** A purchase made under some of the identifiers. */
function purchase(trial: number, number: number, under: readonly Name[], random: Random) {
  const value = identifiersIn(trial);
  const has = (name: Name) => under.includes(name);
  return {
    type: 'track',
    event: 'Order Completed',
    messageId: `t${trial}-${number}`,
    timestamp: new Date(startMs + number * 60_000).toISOString(),
    ...(has('user_id') ? { userId: value.user_id } : {}),
    ...(has('anonymous_id') ? { anonymousId: value.anonymous_id } : {}),
    context: {
      traits: { ...(has('email') ? { email: value.email } : {}), ...(has('phone') ? { phone: value.phone } : {}) },
      ...(has('loyalty_id') ? { externalIds: [{ type: 'loyalty_id', id: value.loyalty_id }] } : {}),
    },
    properties: { order_id: `o${trial}-${number}`, revenue: random.below(10_000) / 100, currency: 'EUR' },
  };
}

/** Five hundred purchases under one or two of the five identifiers, which four of them, somewhere, join. */
function lifeOf(trial: number, random: Random) {
  const joins = new Map(
    names.slice(1).map((name, index) => [random.below(interactions), [names[random.below(index + 1)], name]]),
  );
  return Array.from({ length: interactions }, (_, number) => {
    const under =
      joins.get(number) ?? (random.next() < 0.1 ? [random.pick(names), random.pick(names)] : [random.pick(names)]);
    return purchase(
      trial,
      number,
      under.filter((name) => name !== undefined),
      random,
    );
  });
}

test(
  `500 concurrent interactions under five identifiers are one customer with exact totals, ${trials} of ${trials} times with crashes`,
  async () => {
    await using world = await startIdentityWorld();
    for (let trial = 1; trial <= trials; trial++) {
      const random = randomOf(trial);
      const life = lifeOf(trial, random);
      await Promise.all(life.map((message) => world.send(random.pick(['web', 'app', 'store']), [message])));
      await world.deliver({ random: random.next, crashes: 0.03, repeats: 0.1, width: 8, batch: 25 });

      const customers = await Promise.all(names.map((name) => world.customer(name, identifiersIn(trial)[name])));
      const [first] = customers;
      // The oldest persona names the customer: that of the most important identifier of the first purchase.
      const oldest = primaryOf(life[0]);
      const customerId = world.personaId(oldest, identifiersIn(trial)[oldest]);
      expect(customers.map((customer) => customer?.customerId)).toEqual(names.map(() => customerId));
      expect(summaryOf(first), `trial ${trial}`).toEqual({
        interactions,
        orders: interactions,
        revenueMinor: life.reduce((sum, { properties }) => sum + Math.round(properties.revenue * 100), 0),
        firstSeenAt: new Date(startMs).toISOString(),
      });
    }
    expect(world.crashed()).toBeGreaterThan(trials);
    console.log(`${trials} trials, ${world.crashed()} crashes`);
  },
  60_000 + trials * 20_000,
);

/** The most important of the identifiers that a purchase was made under. */
function primaryOf(message: ReturnType<typeof purchase> | undefined): Name {
  if (message?.userId !== undefined) return 'user_id';
  if (message?.context.externalIds !== undefined) return 'loyalty_id';
  if (message?.context.traits.email !== undefined) return 'email';
  return message?.context.traits.phone === undefined ? 'anonymous_id' : 'phone';
}

function summaryOf(customer: FoundCustomer | undefined) {
  const [{ orders, revenueMinor } = { orders: 0, revenueMinor: 0 }] = customer?.profile.purchases ?? [];
  return {
    interactions: customer?.profile.interactions.total,
    orders,
    revenueMinor,
    firstSeenAt: customer?.profile.firstSeenAt,
  };
}
