import { fromTenThousandths } from '#domain/interaction/money.ts';
import { amountBases } from '#domain/interaction/stated-money.ts';
import { sum } from '#domain/text/bounded-map.ts';
import {
  addRefunds,
  countedMinor,
  keyOf,
  type OrderPurchase,
  type OrderRecord,
  type StatedRefund,
} from './order-record.ts';

/** What an order adds to what its customer bought, in minor units of its currency. */
export interface OrderEffect {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly currency: string;
  readonly grossMinor: number;
  /** From nothing to all of it. */
  readonly refundedMinor: number;
}

/**
 * The effect of an order; undefined before its purchase is known, for what is given back then is not known either.
 *
 * A refund is read against what the order tells of the same base: of an order of `{revenue: 22.50, total: 27.50}` a refund of
 * `{total: 27.50}` gives all of the revenue back, one of `{total: 2.75}` a tenth. Without a base in common it counts as it is. In
 * another currency than the order's it gives nothing back, for nobody tells the rate. Together refunds give back the order at most.
 * `v_customers` calculates the same, in doubles as here.
 */
export function effectOf(order: OrderRecord): OrderEffect | undefined {
  const { purchase, numbered } = order;
  if (purchase === undefined) return undefined;
  const grossMinor = countedMinor(purchase);
  const isWhole = order.isGivenBack || [...numbered.values()].some((refund) => refund.isWhole);
  const given = stated(order).map((refund) => givenBackMinor(purchase, refund));
  const refundedMinor = isWhole ? grossMinor : Math.min(grossMinor, given.reduce(sum, 0));
  return { at: purchase.at, currency: purchase.currency, grossMinor, refundedMinor };
}

/** All refunds that state an amount, added up by currency and bases. */
function stated({ refunds, numbered }: OrderRecord): StatedRefund[] {
  const all = new Map(refunds);
  for (const refund of numbered.values()) {
    if (refund.isWhole) continue;
    const same = all.get(keyOf(refund));
    all.set(keyOf(refund), same === undefined ? refund : addRefunds(same, refund));
  }
  return [...all.values()];
}

function givenBackMinor(purchase: OrderPurchase, { currency, amounts }: StatedRefund): number {
  if (currency !== undefined && currency !== purchase.currency) return 0;
  const told = amountBases.filter((base) => amounts[base] !== undefined);
  const common = told.find((base) => (purchase.amounts[base] ?? 0) > 0);
  const base = common ?? told[0];
  const amount = (base === undefined ? undefined : amounts[base]) ?? 0;
  const amountMinor = currency === undefined ? fromTenThousandths(amount, purchase.currency) : amount;
  const whole = (common === undefined ? undefined : purchase.amounts[common]) ?? 0;
  return common === undefined ? amountMinor : Math.floor((amountMinor * countedMinor(purchase)) / whole + 0.5);
}
