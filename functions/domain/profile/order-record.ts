import type { Purchase, Refund } from '#domain/interaction/commerce.ts';
import { byCodeUnit, join, sum } from './bounded-map.ts';

/** Orders and money in one currency, in minor units. */
export interface Money {
  readonly orders: number;
  readonly grossMinor: number;
  readonly refundedMinor: number;
}

/** The purchase message that speaks for an order. */
export interface OrderPurchase {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly messageId: string;
  readonly currency: string;
  readonly revenueMinor: number;
}

/** What is known of one order of a persona: messages can come in any number and order, and each may change its effect. */
export interface OrderRecord {
  readonly purchase?: OrderPurchase;
  /** Sums of partial refunds in minor units, by currency. */
  readonly refunds: ReadonlyMap<string, number>;
  readonly refundedInFull: boolean;
}

const mostRefundCurrencies = 8;

/** An order of which nothing is known. */
export function blankOrder(): OrderRecord {
  return { refunds: new Map(), refundedInFull: false };
}

/** Adds a purchase message: of several, the earliest counts, and of equally early ones that with the smallest message id. */
export function withPurchase(
  record: OrderRecord,
  purchase: Purchase,
  message: { readonly at: number; readonly messageId: string },
): OrderRecord {
  const { currency, revenueMinor } = purchase;
  const added: OrderPurchase = { at: message.at, messageId: message.messageId, currency, revenueMinor };
  const old = record.purchase;
  const isFirst = old === undefined || (added.at - old.at || byCodeUnit(added.messageId, old.messageId)) < 0;
  return isFirst ? { ...record, purchase: added } : record;
}

/** Adds a refund message: of an amount, or of the whole order. */
export function withRefund(record: OrderRecord, refund: Refund): OrderRecord {
  if (refund.amountMinor === undefined) return { ...record, refundedInFull: true };
  const refunds = new Map(record.refunds);
  join(refunds, refund.currency, refund.amountMinor, sum, mostRefundCurrencies);
  return { ...record, refunds };
}

/**
 * What the order does to its persona's purchases, by currency. A full refund gives back exactly the revenue, whatever parts
 * were given back before and in whatever currency; before its purchase is known it has no effect, for its amount is not known.
 * Partial refunds count in their own currency, before and without the purchase too.
 */
export function effectOf(record: OrderRecord): Map<string, Money> {
  const { purchase, refunds, refundedInFull } = record;
  const effect = new Map<string, Money>();
  if (!purchase || !refundedInFull) {
    for (const [currency, refundedMinor] of refunds) effect.set(currency, { orders: 0, grossMinor: 0, refundedMinor });
  }
  if (purchase) {
    const { currency, revenueMinor } = purchase;
    const refundedMinor = refundedInFull ? revenueMinor : (refunds.get(currency) ?? 0);
    effect.set(currency, { orders: 1, grossMinor: revenueMinor, refundedMinor });
  }
  return effect;
}
