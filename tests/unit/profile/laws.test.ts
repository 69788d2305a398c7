import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { interactionToRow } from '#contracts/lake/interactions/interaction-row.ts';
import { FoldableRow, rowToInteraction } from '#contracts/lake/interactions/row-to-interaction.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { microsecondsOf, sequenceOf } from '#domain/interaction/sequence.ts';
import type { Words } from '#domain/profile/claims.ts';
import { combine } from '#domain/profile/combine.ts';
import { decodeDay, encodeDay } from '#domain/profile/day-codec.ts';
import { applyInteractions, fold, type Memory, personaMemory } from '#domain/profile/fold.ts';
import { settleOldOrders } from '#domain/profile/kept-orders.ts';
import { decodeOrder, encodeOrder } from '#domain/profile/order-codec.ts';
import { draftOfState, emptyState, type PersonaState } from '#domain/profile/persona-state.ts';
import { rebuildable } from '#domain/profile/rebuildable.ts';
import { decodeState, encodeState } from '#domain/profile/state-codec.ts';
import { touches } from '#domain/profile/touches.ts';
import { hash32 } from '#domain/text/stable-hash.ts';
import { anyCrowd, anyInteractions } from '#support/generators/any-interactions.ts';
import { sizeOf } from '#support/size-of.ts';

// Many runs take long on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const runs = { numRuns: sizeOf({ part: 80, whole: 400 }) };
const stateOf = (interactions: readonly Interaction[]) => fold(personaMemory(), interactions).state;

describe.each([
  ['hostile interactions', () => anyInteractions()],
  ['more names than a state keeps', () => anyCrowd()],
])('the fold of %s', (_, arbitrary) => {
  test('gives a byte-equal memory for any shuffle with any repeats, in any micro-batches', () => {
    fc.assert(
      fc.property(arbitrary(), fc.nat(), fc.integer({ min: 1, max: 20 }), (all, seed, batchSize) => {
        expect(textsOf(storedInBatches(shuffledWithRepeats(all, seed), batchSize))).toEqual(
          textsOf(fold(personaMemory(), all)),
        );
      }),
      runs,
    );
  });

  test('gives what the fold of the lake gives, but for what the lake does not hold', () => {
    fc.assert(
      fc.property(arbitrary(), (all) => {
        const fromLake = all.map((one) => rowToInteraction(FoldableRow.parse(interactionToRow(one, 'persona'))));
        expect(encodeState(rebuildable(stateOf(all)))).toBe(encodeState(rebuildable(stateOf(fromLake))));
      }),
      runs,
    );
  });

  test('is the same whichever of several arrivals of a message, at other times and places, is applied first', () => {
    fc.assert(
      fc.property(arbitrary(), fc.nat(), (some, seed) => {
        // Whether an order of a public key is money hangs on its own arrival: one that is late is none.
        const all = some.map((one) =>
          one.event?.startsWith('Order') ? { ...one, standing: 'trusted' as const } : one,
        );
        const arrivals = all.flatMap((one, index) =>
          Array.from({ length: 1 + (hash32(`${index}`, seed) % 3) }, (_, attempt) => arrivedAgain(one, attempt, seed)),
        );
        const inOrder = arrivals.toSorted((a, b) => a.receivedAt.localeCompare(b.receivedAt));
        expect(encodeState(stateOf(shuffledWithRepeats(arrivals, seed)))).toBe(encodeState(stateOf(inOrder)));
      }),
      runs,
    );
  });

  test('applies each interaction once and reports the others as repeated', () => {
    fc.assert(
      fc.property(arbitrary(), (all) => {
        const { applied, repeated } = fold(personaMemory(), [...all, ...all]);
        expect(applied).toEqual(all);
        expect(repeated).toEqual(all);
      }),
      { numRuns: 50 },
    );
  });

  test('equals the combination of the folds of its parts when they share no day and no order', () => {
    fc.assert(
      fc.property(arbitrary(), (all) => {
        const [left, right] = halves(all, (one) => Number(one.occurredAt.slice(8, 10)) % 2 === 0);
        const whole = stateOf([...left, ...right]);
        expect(settledText(named(whole, combine(stateOf(left), stateOf(right))))).toBe(settledText(whole));
      }),
      runs,
    );
  });

  test('equals the combination of its parts but for sessions when they share days', () => {
    fc.assert(
      fc.property(arbitrary(), (all) => {
        const [left, right] = halves(all, (one) => all.indexOf(one) % 2 === 0);
        const parts = combine(stateOf(left), stateOf(right));
        const whole = stateOf([...left, ...right]);
        expect(settledText({ ...named(whole, parts), sessions: 0 })).toBe(settledText({ ...whole, sessions: 0 }));
        expect(parts.sessions).toBeGreaterThanOrEqual(whole.sessions);
      }),
      runs,
    );
  });
});

describe.each([
  ['hostile interactions', () => anyInteractions(12)],
  ['more names than a state keeps', () => anyCrowd()],
])('combine, over states of %s,', (_, arbitrary) => {
  const anyState = () => arbitrary().map(stateOf);

  test('is commutative', () => {
    fc.assert(
      fc.property(anyState(), anyState(), (a, b) => {
        expect(encodeState(combine(a, b))).toBe(encodeState(combine(b, a)));
      }),
      runs,
    );
  });

  test('is associative', () => {
    fc.assert(
      fc.property(anyState(), anyState(), anyState(), (a, b, c) => {
        expect(encodeState(combine(combine(a, b), c))).toBe(encodeState(combine(a, combine(b, c))));
      }),
      runs,
    );
  });

  test('has the empty state as identity on both sides', () => {
    fc.assert(
      fc.property(anyState(), (state) => {
        expect(encodeState(combine(state, emptyState()))).toBe(encodeState(state));
        expect(encodeState(combine(emptyState(), state))).toBe(encodeState(state));
      }),
      runs,
    );
  });

  test('changes neither of its arguments', () => {
    fc.assert(
      fc.property(anyState(), anyState(), (a, b) => {
        const before = [encodeState(a), encodeState(b)];
        combine(a, b);
        expect([encodeState(a), encodeState(b)]).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });
});

/** A combination with the names only that one persona keeps of them all: each part keeps so many, and together they keep more. */
function named(whole: PersonaState, parts: PersonaState): PersonaState {
  const within = <Value>(map: ReadonlyMap<string, Value>, names: ReadonlyMap<string, unknown> | undefined) =>
    new Map([...map].filter(([name]) => names?.has(name)));
  const inBuckets = (field: 'products' | 'categories' | 'events' | 'responses') =>
    new Map([...parts[field]].map(([at, names]) => [at, within(names, whole[field].get(at))]));
  const words = ({ traits, personalTraits, consents }: Words, all: Words | undefined) => ({
    traits: within(traits, all?.traits),
    personalTraits: within(personalTraits, all?.personalTraits),
    consents: {
      refusals: within(consents.refusals, all?.consents.refusals),
      grants: within(consents.grants, all?.consents.grants),
      stamps: within(consents.stamps, all?.consents.stamps),
    },
  });
  return {
    ...parts,
    touchpoints: within(parts.touchpoints, whole.touchpoints),
    channels: within(parts.channels, whole.channels),
    campaigns: within(parts.campaigns, whole.campaigns),
    groups: within(parts.groups, whole.groups),
    ...words(parts, whole),
    claims: new Map(
      [...parts.claims].map(([source, claims]) => [source, { ...claims, ...words(claims, whole.claims.get(source)) }]),
    ),
    links: within(parts.links, whole.links),
    arrivals: within(parts.arrivals, whole.arrivals),
    products: inBuckets('products'),
    categories: inBuckets('categories'),
    events: inBuckets('events'),
    responses: inBuckets('responses'),
  };
}

/** The text of a state whose orders are settled as one persona settles them: a combination keeps those of every part. */
function settledText(state: PersonaState): string {
  const draft = draftOfState(state);
  settleOldOrders(draft);
  return encodeState(draft);
}

/** Another arrival of an interaction: later, and at another place in its request. */
function arrivedAgain(one: Interaction, attempt: number, seed: number): Interaction {
  const delayMs = attempt === 0 ? 0 : hash32(`${attempt}`, seed) % 100_000_000;
  return {
    ...one,
    receivedAt: new Date(Date.parse(one.receivedAt) + delayMs).toISOString(),
    sequence: sequenceOf(microsecondsOf(one.sequence ?? 0), hash32(`${one.messageId} ${attempt}`, seed) % 12),
  };
}

/** Each interaction one to three times, in an order that depends on the seed: fast-check's own shuffle takes most of the time. */
function shuffledWithRepeats(all: readonly Interaction[], seed: number): Interaction[] {
  return all
    .flatMap((one, index) => Array.from({ length: 1 + (hash32(`${index}`, seed) % 3) }, () => one))
    .map((one, index) => ({ one, rank: hash32(`${index}`, ~seed) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one);
}

/** Applies batch after batch the way a handler does: reads what is touched, applies, writes what changed, all as text. */
function storedInBatches(interactions: readonly Interaction[], batchSize: number): Memory {
  let state = encodeState(emptyState());
  const days = new Map<string, string>();
  const orders = new Map<string, string>();
  for (let start = 0; start < interactions.length; start += batchSize) {
    const batch = interactions.slice(start, start + batchSize);
    const touched = touches(batch);
    const next = applyInteractions(
      {
        state: decodeState(state),
        days: read(days, touched.days, decodeDay),
        orders: read(orders, touched.orderKeys, decodeOrder),
      },
      batch,
    );
    state = encodeState(next.state);
    for (const [day, record] of next.days) days.set(day, encodeDay(record));
    for (const [orderId, record] of next.orders) orders.set(orderId, encodeOrder(record));
  }
  const { orders: kept, ...rest } = decodeState(state);
  return {
    state: { ...rest, orders: kept },
    days: read(days, [...days.keys()], decodeDay),
    // The record of an order that came back is not read again, and goes with the next write.
    orders: read(
      orders,
      [...orders.keys()].filter((key) => !kept.has(key)),
      decodeOrder,
    ),
  };
}

function read<Value>(texts: ReadonlyMap<string, string>, keys: readonly string[], decode: (text: string) => Value) {
  return new Map(
    keys.flatMap((key): [string, Value][] => {
      const text = texts.get(key);
      return text === undefined ? [] : [[key, decode(text)]];
    }),
  );
}

function textsOf(memory: { state: PersonaState } & Memory) {
  return {
    state: encodeState(memory.state),
    days: [...memory.days].map(([day, record]) => `${day} ${encodeDay(record)}`).sort(),
    orders: [...memory.orders].map(([orderId, record]) => `${orderId} ${encodeOrder(record)}`).sort(),
  };
}

/** Two parts that share no order: each one's order ids are its own. */
function halves(all: readonly Interaction[], isLeft: (one: Interaction) => boolean): [Interaction[], Interaction[]] {
  const own = (one: Interaction, side: string) =>
    one.properties.order_id == null
      ? one
      : { ...one, properties: { ...one.properties, order_id: `${side} ${one.properties.order_id}` } };
  return [
    all.filter(isLeft).map((one) => own(one, 'left')),
    all.filter((one) => !isLeft(one)).map((one) => own(one, 'right')),
  ];
}
