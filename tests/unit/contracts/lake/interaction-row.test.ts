import { describe, expect, test } from 'vitest';
import { interactionToRow } from '#contracts/lake/interactions/interaction-row.ts';
import { InteractionRow, interactionsTable } from '#contracts/lake/interactions/interactions-table.ts';
import { columnsOf } from '#contracts/lake/table.ts';
import { interaction } from '#support/builders/interaction.ts';

describe('the row of an interaction', () => {
  test('of a purchase has every column filled from its source', () => {
    const row = interactionToRow(
      interaction({
        event: 'Order Completed',
        channel: 'server',
        userKey: 'uk',
        anonymousKey: 'ak',
        groupKey: 'gk',
        previousKey: 'pk',
        identifiers: [{ key: 'user_id:uk', value: 'u-1' }, { key: 'email:ek' }],
        properties: {
          order_id: 'o-1',
          revenue: 12.5,
          currency: 'eur',
          products: [{ product_id: 'p', category: 'c' }, { product_id: 'p' }, { product_id: 'q', category: 'c' }],
        },
        traits: { plan: 'gold' },
        context: { campaign: { name: 'spring' }, consent: { categoryPreferences: { marketing: false } } },
      }),
      'persona-1',
    );
    expect(row).toEqual({
      message_id: 'm-1',
      type: 'track',
      event: 'Order Completed',
      name: null,
      occurred_at: '2026-03-10T12:00:00.000Z',
      received_at: '2026-03-10T12:00:01.000Z',
      sequence: 0,
      touchpoint: 'web',
      standing: 'trusted',
      persona_id: 'persona-1',
      user_key: 'uk',
      anonymous_key: 'ak',
      group_key: 'gk',
      previous_key: 'pk',
      identifiers: ['user_id:uk', 'email:ek'],
      order_id: 'o-1',
      revenue_minor: 1250,
      refund_minor: null,
      refund_kind: null,
      refund_id: null,
      stated_revenue: 1250,
      stated_total: null,
      stated_value: null,
      currency: 'EUR',
      currency_decimals: 2,
      product_ids: ['p', 'q'],
      categories: ['c'],
      campaign: 'spring',
      channel: 'server',
      properties:
        '{"order_id":"o-1","revenue":12.5,"currency":"eur","products":[{"product_id":"p","category":"c"},{"product_id":"p"},{"product_id":"q","category":"c"}]}',
      traits: '{"plan":"gold"}',
      context: '{"campaign":{"name":"spring"},"consent":{"categoryPreferences":{"marketing":false}}}',
      consents: ['stamped no marketing'],
    });
  });

  test('has nulls and empty lists where an event says nothing', () => {
    expect(interactionToRow(interaction({ type: 'page', name: 'Home' }), 'p')).toMatchObject({
      name: 'Home',
      user_key: null,
      order_id: null,
      revenue_minor: null,
      currency: null,
      product_ids: [],
      categories: [],
      campaign: null,
      channel: null,
      properties: '{}',
      traits: '{}',
      context: '{}',
    });
  });

  test('of a refund names its amount apart from revenue', () => {
    const properties = { order_id: 'o', total: 3, currency: 'EUR' };
    expect(interactionToRow(interaction({ event: 'Order Refunded', properties }), 'p')).toMatchObject({
      order_id: 'o',
      revenue_minor: null,
      refund_minor: 300,
      currency: 'EUR',
    });
  });

  test.each([{}, { name: 5 }, { name: ' ' }, 'spring', null, ['spring']])(
    'has no campaign when the context’s is %j',
    (campaign) => {
      expect(interactionToRow(interaction({ context: { campaign } }), 'p').campaign).toBeNull();
    },
  );

  test('has exactly the table’s columns, in their order and of their types', () => {
    const row = interactionToRow(interaction(), 'p');
    expect(Object.keys(row)).toEqual(columnsOf(interactionsTable).map(({ name }) => name));
    expect(InteractionRow.strict().parse(row)).toEqual(row);
  });
});
