import type { Commerce, Purchase } from '#domain/interaction/commerce.ts';
import { join, sum } from './bounded-map.ts';
import { effectOf, type Money, type OrderRecord, withPurchase, withRefund } from './order-record.ts';
import { hull, type Span } from './span.ts';

/** Purchases in one currency; `span` runs over every purchase message, those that repeat an order too. */
export interface PurchaseSum extends Money {
  readonly span?: Span;
}

/** ISO 4217 has some 180 currencies; texts that only look like codes must not fill a state. */
export const mostCurrencies = 64;

const none: Money = { orders: 0, grossMinor: 0, refundedMinor: 0 };

interface Message {
  readonly at: number;
  readonly messageId: string;
}

/**
 * Counts what a message says about an order, as the difference that it makes to the order's effect, and gives the order's
 * new record.
 */
export function countOrder(
  purchases: Map<string, PurchaseSum>,
  order: OrderRecord,
  { purchase, refund }: Commerce,
  message: Message,
): OrderRecord {
  let changed = order;
  if (purchase) {
    mention(purchases, purchase, message);
    changed = withPurchase(changed, purchase, message);
  }
  if (refund) {
    if (refund.amountMinor !== undefined) add(purchases, refund.currency, none);
    changed = withRefund(changed, refund);
  }
  for (const [currency, old] of effectOf(order)) add(purchases, currency, negated(old));
  for (const [currency, effect] of effectOf(changed)) add(purchases, currency, effect);
  return changed;
}

/** Counts a purchase or refund without an order id: each message is its own, and a full refund has no amount. */
export function countUnnamedOrder(
  purchases: Map<string, PurchaseSum>,
  { purchase, refund }: Commerce,
  message: Message,
): void {
  if (purchase) {
    mention(purchases, purchase, message);
    add(purchases, purchase.currency, { ...none, orders: 1, grossMinor: purchase.revenueMinor });
  }
  if (refund?.amountMinor !== undefined) {
    add(purchases, refund.currency, { ...none, refundedMinor: refund.amountMinor });
  }
}

/** Adds two sums of one currency. */
export function addPurchases(a: PurchaseSum, b: PurchaseSum): PurchaseSum {
  const span = a.span && b.span ? hull(a.span, b.span) : (a.span ?? b.span);
  return {
    orders: sum(a.orders, b.orders),
    grossMinor: sum(a.grossMinor, b.grossMinor),
    refundedMinor: sum(a.refundedMinor, b.refundedMinor),
    ...(span === undefined ? {} : { span }),
  };
}

// A currency that a message names stays in the state, at zero if need be: `join` allows no key to leave, and the span of a
// purchase message that lost to another one must not depend on which came first.
function mention(purchases: Map<string, PurchaseSum>, { currency }: Purchase, { at }: Message): void {
  add(purchases, currency, { ...none, span: { first: at, last: at } });
}

function add(purchases: Map<string, PurchaseSum>, currency: string, added: PurchaseSum): void {
  join(purchases, currency, added, addPurchases, mostCurrencies);
}

function negated(money: Money): Money {
  return { orders: -money.orders, grossMinor: -money.grossMinor, refundedMinor: -money.refundedMinor };
}
