import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dynamoPersonas } from '#adapters/customers-table/dynamo-personas.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { encodeDay } from '#domain/profile/day-codec.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import { encodeOrder } from '#domain/profile/order-codec.ts';
import { encodeState } from '#domain/profile/state-codec.ts';
import { touches } from '#domain/profile/touches.ts';
import { keepingOf } from '#domain/text/keeping.ts';
import { interaction } from '#support/builders/interaction.ts';
import { FakeIdentities } from '#support/fakes/fake-identities.ts';
import { StaleTable } from '#support/fakes/stale-table.ts';
import { sizeOf } from '#support/size-of.ts';
import { updatePersona } from '#use-cases/profile/update-persona.ts';

/** Messages on so many days and of so many orders that records move out of the persona's item, each a few times. */
const told = fc.record({ id: fc.nat(80), day: fc.nat(40), order: fc.option(fc.nat(12)), isRefund: fc.boolean() });

function interactionOf({ id, day, order, isRefund }: typeof told extends fc.Arbitrary<infer Told> ? Told : never) {
  return interaction({
    messageId: `m-${id}-${day}-${order}-${isRefund}`,
    occurredAt: new Date(Date.UTC(2026, 0, 1 + day, id % 24)).toISOString(),
    ...(order === null
      ? {}
      : {
          event: isRefund ? 'Order Refunded' : 'Order Completed',
          properties: { order_id: `o-${order}`, revenue: id, total: id, currency: 'EUR' },
        }),
  });
}

test('stale reads before a write lose nothing and count nothing twice, whatever they give', async () => {
  let stale = 0;
  let moved = 0;
  const batches = fc.array(fc.array(told.map(interactionOf), { minLength: 1, maxLength: 12 }), { maxLength: 25 });
  const run = async (sent: readonly (readonly Interaction[])[], picks: readonly number[]) => {
    let pick = 0;
    const client = new DynamoDBClient({ region: 'eu-central-1' });
    const table = new StaleTable(client, (choices) => (picks[pick++ % picks.length] ?? 0) % choices);
    const personas = dynamoPersonas(client, 'the-table');
    const identities = new FakeIdentities();
    const deps = {
      personas,
      identities,
      namesInUse: async () => () => false,
      now: () => Date.UTC(2026, 2, 1),
      pause: async () => {},
    };
    // Each batch comes again later, as queues have it.
    for (const batch of [...sent, ...sent.toReversed()]) await updatePersona('p', batch, deps);

    const all = sent.flat();
    const expected = fold(personaMemory(), all, keepingOf('p'));
    const found = await personas.load('p', touches(all));
    expect(encodeState(found.state)).toBe(encodeState(expected.state));
    expect(texts(found.days, encodeDay)).toEqual(texts(expected.days, encodeDay));
    expect(texts(found.orders, encodeOrder)).toEqual(texts(expected.orders, encodeOrder));
    stale += table.staleReads;
    moved += table.sorts.length - 1;
  };
  const numRuns = sizeOf({ part: 40, whole: 400 });
  await fc.assert(fc.asyncProperty(batches, fc.array(fc.nat(1000), { minLength: 1, maxLength: 60 }), run), { numRuns });
  expect(stale).toBeGreaterThan(numRuns);
  expect(moved).toBeGreaterThan(numRuns);
});

function texts<Record>(records: ReadonlyMap<string, Record>, encode: (record: Record) => string) {
  return Object.fromEntries([...records].map(([id, record]) => [id, encode(record)]));
}
