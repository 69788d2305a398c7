import fc from 'fast-check';
import { interaction } from '#support/builders/interaction.ts';
import type { Delivered } from '#support/lake-views.ts';

const amount = fc.option(fc.constantFrom(0, 0.01, 5, 9.99, 20, 22.5, 27.5, 1234.56, -5, '$19.99', '1.234,50'), {
  freq: 1,
  nil: undefined,
});

const properties = (orderIds: readonly string[]) =>
  fc.record(
    {
      order_id: fc.constantFrom(...orderIds, undefined),
      currency: fc.constantFrom('EUR', 'EUR', 'USD', 'JPY', 'KWD', '', undefined),
      revenue: amount,
      total: amount,
      value: amount,
      refund_id: fc.constantFrom(undefined, undefined, 'r-1', 'r-2'),
      products: fc.constantFrom(
        undefined,
        undefined,
        [],
        [{ price: 3 }],
        [{ price: '4.50', quantity: 2 }, { price: 1 }],
        [{ price: 1 }, { product_id: 'p' }],
      ),
    },
    { requiredKeys: [] },
  );

interface MoneyShape {
  readonly orderIds: readonly string[];
  readonly most: number;
}

/** What any systems can tell of the orders of one customer from 1 March 2026 on, under two of its personas: `a` and `b`. */
export function anyMoney({ orderIds, most }: MoneyShape): fc.Arbitrary<readonly Delivered[]> {
  const message = fc.record({
    event: fc.constantFrom('Order Completed', 'Order Completed', 'Order Refunded', 'Order Refunded', 'Order Cancelled'),
    occurredAt: fc.integer({ min: 0, max: 40 }).map((hour) => new Date(Date.UTC(2026, 2, 1, hour)).toISOString()),
    standing: fc.constantFrom('trusted', 'trusted', 'own', 'claimed', undefined),
    properties: properties(orderIds),
    persona: fc.constantFrom('a', 'b'),
  });
  return fc.array(message, { minLength: 1, maxLength: most }).map((all) =>
    all.map(({ persona, standing, ...told }, place) => ({
      persona,
      message: interaction({
        ...told,
        receivedAt: told.occurredAt,
        ...(standing === undefined ? {} : { standing: standing as 'own' }),
        messageId: `m${place}`,
      }),
    })),
  );
}
