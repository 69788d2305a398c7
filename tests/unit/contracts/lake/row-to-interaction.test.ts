import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interactionToRow } from '#contracts/lake/interactions/interaction-row.ts';
import { FoldableRow, rowToInteraction } from '#contracts/lake/interactions/row-to-interaction.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import { rebuildable } from '#domain/profile/rebuildable.ts';
import { encodeState } from '#domain/profile/state-codec.ts';
import { interaction } from '#support/builders/interaction.ts';

const stateOf = (interactions: readonly Interaction[]) =>
  encodeState(rebuildable(fold(personaMemory(), interactions).state));

/** Through the columns that a rebuild asks for, and no others. */
const throughLake = (one: Interaction) => rowToInteraction(FoldableRow.parse(interactionToRow(one, 'persona')));

const address = fc.constantFrom('ada@example.com', 'x a@b.example y', '+49 151 2345678', 'plain', ' padded ');
const text = fc.oneof(
  address,
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  address.map((name) => `${name} ${'x'.repeat(190)}`),
);

const anyOfTheLake = fc
  .record({
    type: fc.constantFrom('track', 'identify', 'page', 'group'),
    event: fc.constantFrom(
      'Order Completed',
      'Order Refunded',
      'Order Cancelled',
      'Product Viewed',
      'Wrote a@b.example',
    ),
    channel: text,
    identifiers: fc.subarray([{ key: 'user_id:u', value: 'u' }, { key: 'email:e' }, { key: 'device_id:d' }]),
    groupId: text,
    usualCurrency: fc.constantFrom('CHF', 'JPY', 'KWD'),
    context: fc.record({ campaign: fc.record({ name: text }), traits: fc.record({ plan: text }), ip: text }),
    traits: fc.dictionary(fc.constantFrom('plan', 'email', 'note', 'a@b.example', 'billing_phone'), text),
    properties: fc.record(
      {
        order_id: fc.oneof(text, fc.integer()),
        orderId: text,
        revenue: fc.constantFrom(1, 2.5, '3.75', 0),
        total: fc.constantFrom(4, '5'),
        currency: fc.constantFrom('EUR', 'usd', 'JPY', ''),
        product_id: fc.oneof(text, fc.integer()),
        category: text,
        products: fc.array(fc.record({ product_id: text, productId: text, category: text }, { requiredKeys: [] })),
      },
      { requiredKeys: [] },
    ),
  })
  .map((over) => interaction(over));

test('folds to the rebuildable state of the original, whatever addresses its names hold', () => {
  fc.assert(
    fc.property(fc.array(anyOfTheLake, { maxLength: 6 }), (all) => {
      const own = all.map((one, index) => ({ ...one, messageId: `m-${index}` }));
      expect(stateOf(own.map(throughLake))).toBe(stateOf(own));
    }),
    { numRuns: 400 },
  );
});

test('keeps an order together whose id looks like an address', () => {
  const properties = { order_id: '+49 151 2345678', revenue: 5, currency: 'EUR' };
  const order = interaction({ event: 'Order Completed', properties });
  expect(throughLake(order).properties).toEqual(properties);
});

test('gives no order an id that is too long to be one, even if it is short enough without its address', () => {
  const tooLong = `ada@example.com ${'x'.repeat(190)}`;
  const twice = [{ order_id: tooLong }, { orderId: tooLong }].map((id, index) =>
    interaction({
      messageId: `m-${index}`,
      event: 'Order Completed',
      properties: { ...id, revenue: 5, currency: 'EUR' },
    }),
  );
  expect(stateOf(twice.map(throughLake))).toBe(stateOf(twice));
});

test('refuses a row whose properties are no JSON object', () => {
  const row = FoldableRow.parse(interactionToRow(interaction(), 'persona'));
  expect(() => rowToInteraction({ ...row, properties: '[]' })).toThrow(TypeError);
});
