import { describe, expect, test } from 'vitest';
import { commerceOf } from '#domain/interaction/commerce.ts';
import type { InteractionType } from '#domain/interaction/interaction.ts';

const commerce = (event: string, properties: object, type: InteractionType = 'track') =>
  commerceOf({ type, event, properties: { ...properties } });

describe('a purchase', () => {
  test.each<[string, object, object]>([
    [
      'counts revenue before total before value',
      { revenue: 1, total: 2, value: 3 },
      { currency: 'USD', revenueMinor: 100 },
    ],
    ['counts total before value', { total: 2, value: 3 }, { currency: 'USD', revenueMinor: 200 }],
    ['counts value last', { value: 3 }, { currency: 'USD', revenueMinor: 300 }],
    ['skips an amount that is null', { revenue: null, total: 2 }, { currency: 'USD', revenueMinor: 200 }],
    ['without an amount is of nothing', {}, { currency: 'USD', revenueMinor: 0 }],
    ['has its currency in upper case', { revenue: 5, currency: 'jpy' }, { currency: 'JPY', revenueMinor: 5 }],
    ['has its order id as text', { revenue: 1, order_id: 17 }, { orderId: '17', currency: 'USD', revenueMinor: 100 }],
    ['has its order id in camel case too', { orderId: ' o-1 ' }, { orderId: 'o-1', currency: 'USD', revenueMinor: 0 }],
    ['has no order id when that is blank', { order_id: ' ' }, { currency: 'USD', revenueMinor: 0 }],
  ])('%s', (_, properties, purchase) => {
    expect(commerce('Order Completed', properties)).toMatchObject({ products: [], purchase });
  });

  test.each(['Product Viewed', 'order completed', 'Checkout Started'])('is not made by %s', (event) => {
    expect(commerce(event, { revenue: 1, order_id: 'o' })).toEqual({ products: [], notes: [] });
  });

  test('is made by track calls alone', () => {
    expect(commerce('Order Completed', { revenue: 1, product_id: 'p' }, 'page')).toEqual({ products: [], notes: [] });
  });
});

describe('a refund', () => {
  test.each(['Order Refunded', 'Order Cancelled'])('is made by %s', (event) => {
    expect(commerce(event, { order_id: 'o', total: 4.5, currency: 'EUR' })).toEqual({
      products: [],
      refund: { orderId: 'o', currency: 'EUR', kind: 'stated', amounts: { total: 450 } },
      notes: [],
    });
  });

  const refundOf = (properties: object, event = 'Order Refunded') => commerce(event, { order_id: 'o', ...properties });

  test.each<[string, object, object]>([
    ['without an amount is of the whole order', {}, { kind: 'whole', amounts: {} }],
    ['with an empty list of products too', { products: [] }, { kind: 'whole', amounts: {} }],
    ['is the same with a minus', { total: -27.5, currency: 'EUR' }, { kind: 'stated', amounts: { total: 2750 } }],
    [
      'states every base it tells',
      { revenue: 1, value: 2, currency: 'EUR' },
      { amounts: { revenue: 100, value: 200 } },
    ],
    ['without a currency is in ten-thousandths of a major unit', { total: 2.5 }, { amounts: { total: 25_000 } }],
    ['has the currency next to its amount', { total: '2,50 €' }, { currency: 'EUR', amounts: { total: 250 } }],
    ['has its number', { refund_id: 7 }, { refundId: '7' }],
    [
      'of products is the sum of their prices times quantities',
      { currency: 'EUR', products: [{ price: 19.99 }, { price: '3.00', quantity: 2 }, { price: 1, quantity: '3' }] },
      { kind: 'stated', amounts: { revenue: 2899 } },
    ],
    ['of products without a price is of an unknown amount', { products: [{ product_id: 'p' }] }, { kind: 'unknown' }],
    ['has an amount before it has products', { value: 1, products: [{ price: 5 }] }, { amounts: { value: 10_000 } }],
  ])('%s', (_, properties, refund) => {
    expect(refundOf(properties).refund).toMatchObject({ orderId: 'o', ...refund });
  });

  test('that cancels lists the products of the order, and is of all of it', () => {
    expect(refundOf({ products: [{ price: 5 }] }, 'Order Cancelled').refund?.kind).toBe('whole');
  });
});

describe('a fault', () => {
  test.each<[object, object]>([
    [{ revenue: -1 }, { reason: 'invalid_amount', path: 'properties.revenue' }],
    [
      { revenue: 'free', total: 5 },
      { reason: 'invalid_amount', path: 'properties.revenue' },
    ],
    [{ total: {} }, { reason: 'invalid_amount', path: 'properties.total' }],
    [{ value: 1e300 }, { reason: 'invalid_amount', path: 'properties.value' }],
    [
      { revenue: 5, currency: 'euro' },
      { reason: 'invalid_currency', path: 'properties.currency' },
    ],
    [
      { revenue: -5, currency: 5 },
      { reason: 'invalid_currency', path: 'properties.currency' },
    ],
  ])('in %j is named', (properties, fault) => {
    expect(commerce('Order Completed', properties)).toEqual({ products: [], fault, notes: [] });
  });

  test('of money is not looked for in an event that moves none', () => {
    expect(commerce('Product Viewed', { revenue: -1, currency: 'x' }).fault).toBeUndefined();
  });
});

describe('what counts for less than it seems is told', () => {
  test.each<[string, object, string[]]>([
    ['Order Completed', { order_id: 'o' }, ['no_amount']],
    ['Order Completed', { order_id: 'o', revenue: '' }, ['no_amount']],
    ['Order Completed', { order_id: 'o', revenue: 0 }, []],
    ['Order Refunded', { order_id: 'o', products: [{ product_id: 'p' }] }, ['unknown_amount']],
    ['Order Refunded', {}, ['no_order']],
    ['Order Refunded', { order_id: 'o' }, []],
    ['Order Completed', { order_id: 'o', revenue: 5 }, ['usual_currency']],
    ['Order Completed', { order_id: 'o', revenue: 5, currency: 'EUR' }, []],
    ['Order Completed', { order_id: 'o', revenue: '5 €' }, []],
    ['Order Completed', { order_id: 'o', revenue: 1200.5, currency: 'JPY' }, ['rounded']],
    ['Order Completed', { order_id: 'o', revenue: 1200.5, total: '1300.5', currency: 'JPY' }, ['rounded', 'rounded']],
    ['Order Completed', { order_id: 'o', revenue: 59.97 * 3, currency: 'EUR' }, []],
    ['Order Refunded', { revenue: 5 }, ['usual_currency']],
    ['Order Refunded', { order_id: 'o', revenue: 5 }, []],
    ['Order Refunded', { order_id: 'o', revenue: -1200.5, currency: 'JPY' }, ['rounded']],
    ['Order Refunded', { order_id: 'o', currency: 'JPY', products: [{ price: 9.5 }] }, ['rounded']],
    ['Order Refunded', { order_id: 'o', currency: 'JPY', products: [{ price: 9, quantity: 2 }] }, []],
    ['Order Updated', { order_id: 'o', revenue: 5 }, ['moves_no_money']],
    ['Order Updated', { order_id: 'o' }, []],
    ['Product Viewed', {}, []],
  ])('in %s of %j', (event, properties, reasons) => {
    expect(commerce(event, properties).notes.map(({ reason }) => reason)).toEqual(reasons);
  });
});

describe('a public key', () => {
  const receivedAt = '2026-03-10T12:00:00.000Z';
  const told = (event: string, standing: 'trusted' | 'own' | 'claimed', occurredAt = receivedAt) =>
    commerceOf({
      type: 'track',
      event,
      properties: { order_id: 'o', revenue: 5, currency: 'EUR' },
      standing,
      occurredAt,
      receivedAt,
    });

  test.each(['own', 'claimed'] as const)('tells of no refund and no past order, as %s, and says so', (standing) => {
    for (const event of ['Order Refunded', 'Order Cancelled']) {
      expect(told(event, standing)).toMatchObject({ products: [], notes: [{ reason: 'public_key', path: 'event' }] });
      expect(told(event, standing).refund).toBeUndefined();
    }
    const past = told('Order Completed', standing, '2026-03-10T10:59:59.999Z');
    expect([past.purchase, past.notes[0]?.reason]).toEqual([undefined, 'public_key']);
  });

  test.each(['own', 'claimed'] as const)('tells of the orders of the last hour, as %s', (standing) => {
    const { purchase, notes } = told('Order Completed', standing, '2026-03-10T11:00:00.000Z');
    expect([purchase?.revenueMinor, notes]).toEqual([500, []]);
  });

  test.each(['own', 'claimed'] as const)('tells of no order of more than 10^7 minor units, as %s', (standing) => {
    const of = (amounts: object) =>
      commerceOf({ type: 'track', event: 'Order Completed', properties: { currency: 'EUR', ...amounts }, standing });
    expect(of({ order_id: 'o', revenue: 100_000 }).purchase?.revenueMinor).toBe(10_000_000);
    for (const amounts of [{ revenue: 100_000.01 }, { revenue: 1, total: 1e9 }]) {
      expect([of(amounts).purchase, of(amounts).notes[0]?.reason]).toEqual([undefined, 'public_key']);
    }
  });

  test('of a server tells of all of them', () => {
    expect(told('Order Refunded', 'trusted').refund?.amounts).toEqual({ revenue: 500 });
    expect(told('Order Completed', 'trusted', '1970-01-01T00:00:00.000Z').purchase?.revenueMinor).toBe(500);
  });
});

describe('a currency', () => {
  test.each<[object, string]>([
    [{ revenue: 1, currency: '' }, 'USD'],
    [{ revenue: 1, currency: '  ' }, 'USD'],
    [{ revenue: '19,99 €', currency: '' }, 'EUR'],
    [{ revenue: 'GBP 5' }, 'GBP'],
    [{ revenue: '$5', currency: 'CAD' }, 'CAD'],
    [{ revenue: '5 kr', currency: 'sek' }, 'SEK'],
  ])('in %j is read', (properties, currency) => {
    expect(commerce('Order Completed', properties).purchase?.currency).toBe(currency);
  });

  test.each<[string, object, string | undefined]>([
    ['Order Completed', { revenue: 5 }, 'CHF'],
    ['Order Completed', { order_id: 'o', revenue: 5, currency: ' ' }, 'CHF'],
    ['Order Completed', { revenue: 5, currency: 'EUR' }, 'EUR'],
    ['Order Completed', { revenue: '5 €' }, 'EUR'],
    ['Order Refunded', { revenue: 5 }, 'CHF'],
    ['Order Refunded', { order_id: 'o', revenue: 5 }, undefined],
  ])('that %s of %j leaves out is the stage’s, and of a refund its order’s', (event, properties, currency) => {
    const { purchase, refund } = commerceOf({
      type: 'track',
      event,
      properties: { ...properties },
      usualCurrency: 'CHF',
    });
    expect((purchase ?? refund)?.currency).toBe(currency);
  });

  test.each<object>([{ revenue: '19,99 €', currency: 'USD' }, { revenue: '5 kr' }])('in %j is none', (properties) => {
    const fault = { reason: 'invalid_currency', path: 'properties.revenue' };
    expect(commerce('Order Completed', properties)).toMatchObject({ fault });
  });
});

describe('products', () => {
  test('are taken from the event itself and from its list', () => {
    const properties = { product_id: 'a', category: 'shoes', products: [{ productId: 7 }, { category: 'hats' }] };
    expect(commerce('Product Added', properties).products).toEqual([
      { productId: 'a', category: 'shoes' },
      { productId: '7' },
      { category: 'hats' },
    ]);
  });

  test.each<[string, unknown]>([
    ['a list that is none', 'abc'],
    ['things that are no objects', [null, 5, 'x', []]],
    ['products without id and category', [{}, { name: 'x' }]],
    ['ids that are none', [{ product_id: '' }, { product_id: 'x'.repeat(201) }, { product_id: {} }]],
  ])('are none in %s', (_, products) => {
    expect(commerce('Order Completed', { products }).products).toEqual([]);
  });

  test('count up to a hundred', () => {
    const products = Array.from({ length: 150 }, (_, index) => ({ product_id: index }));
    expect(commerce('Product List Viewed', { products }).products).toHaveLength(100);
  });

  test('do not come from the category of an event that names no product', () => {
    expect(commerce('Product List Viewed', { category: 'shoes' }).products).toEqual([]);
  });
});
