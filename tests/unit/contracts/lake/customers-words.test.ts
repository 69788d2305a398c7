import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { sequenceOf } from '#domain/interaction/sequence.ts';
import { combine } from '#domain/profile/combine.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import { emptyState } from '#domain/profile/persona-state.ts';
import { interaction } from '#support/builders/interaction.ts';
import { landDeliveries } from '#support/lake-views.ts';
import { ask, type LocalLake, startEventLake } from '#support/local-lake.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

const nowMs = Date.parse('2026-03-31T12:00:00.000Z');
const customers = 300;

let lake: LocalLake;
beforeAll(async () => {
  lake = await startEventLake();
  lake.context.clock.nowMs = nowMs;
});
afterAll(() => lake.stop());

/** Deliveries of one customer's messages, told within few milliseconds in several requests, some of them more than once. */
const deliveries = fc.array(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    at: fc.constantFrom(0, 0, 0, 1),
    micros: fc.constantFrom(0, 0, 1),
    delay: fc.constantFrom(1, 2, 3, 1000, 90_000_000),
    place: fc.constantFrom(0, 1, 2, 14),
    persona: fc.constantFrom('x', 'y'),
  }),
  { minLength: 1, maxLength: 8 },
);
type Delivery = typeof deliveries extends fc.Arbitrary<(infer One)[]> ? One : never;

function customerOf(all: readonly Delivery[], index: number) {
  const told = all.map(({ id, at, micros, delay, place, persona }) => ({
    persona: `c${index}${persona}`,
    message: deliveryOf({ id, at, micros, delay, place }),
  }));
  const states = [...Map.groupBy(told, ({ persona }) => persona).values()].map(
    (own) =>
      fold(
        personaMemory(),
        own.map(({ message }) => message),
      ).state,
  );
  const plan = states.reduce(combine, emptyState()).traits.get('plan')?.json;
  return { id: `c${index}`, told, plan };
}

const start = Date.UTC(2026, 2, 1);

/** What a message says hangs on its id: it is the same in all its deliveries. */
function deliveryOf({ id, at, micros, delay, place }: Omit<Delivery, 'persona'>): Interaction {
  return interaction({
    type: 'identify',
    messageId: id,
    occurredAt: new Date(start + at).toISOString(),
    receivedAt: new Date(start + at + delay).toISOString(),
    sequence: sequenceOf(micros, place),
    traits: { plan: `plan of ${id}` },
  });
}

const plansSql = "SELECT customer_id, element_at(traits, 'plan') FROM v_customers";

test('v_customers has the traits of the live profile, whatever is told at once, in several requests, again', async () => {
  const all = fc.sample(deliveries, { numRuns: customers, seed: 42 }).map(customerOf);
  await landDeliveries(
    lake,
    all.flatMap(({ told }) => told),
  );
  const { rows: answered, reason } = await ask(lake, plansSql);
  expect(reason).toBe('');
  const inLake = new Map(answered.map(([id, plan]) => [id, plan]));
  const different = all.filter(({ id, plan }) => inLake.get(id) !== plan);
  expect(different.map(({ told, plan, id }) => [told.map(({ message }) => message), plan, inLake.get(id)])).toEqual([]);
  expect(new Set(inLake.values()).size).toBe(4);
});
