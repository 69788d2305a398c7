import * as z from 'zod';
import { joinAll, sortedEntries, sum } from '#domain/text/bounded-map.ts';
import { spendWindow } from './activity.ts';
import { addBuckets, copyBuckets, dropOldBuckets } from './calendar-buckets.ts';
import { countsByName, type DayCount, total } from './counts-by-name.ts';
import { countOrder } from './kept-orders.ts';
import { orderOfTuple, orderTuple } from './order-codec.ts';
import { joinOrders } from './order-record.ts';
import { profileSignal } from './profile-signal.ts';
import { addPurchases, countUnnamed, type Money, type MoneyDraft, mention, purchasesOf, spendOf } from './purchases.ts';
import type { Seen } from './seen-signal.ts';
import { ShownTime, timeTextOrNull } from './shown-forms.ts';
import { bucketsOf, bucketTuples, spanOf, spanTuple, storedBuckets, storedTime } from './stored-forms.ts';

const storedMoney = z.array(
  z.tuple([z.string(), z.int(), z.int(), z.int(), storedTime, storedTime, z.int().optional()]),
);

const ShownPurchases = z.array(
  z.object({
    currency: z.string(),
    orders: z.int(),
    revenueMinor: z.int().describe('What was paid less what was given back'),
    refundedMinor: z.int(),
    firstAt: ShownTime.nullable(),
    lastAt: ShownTime.nullable(),
  }),
);

/** Purchases in one currency, in minor units; times in epoch milliseconds. */
export interface RulePurchases {
  readonly orders: number;
  readonly grossMinor: number;
  readonly refundedMinor: number;
  readonly first: number | undefined;
  readonly last: number | undefined;
}

interface MoneyInRules {
  /** Orders in all currencies. */
  readonly orders: number;
  /** Epoch milliseconds. */
  readonly firstPurchase: number | undefined;
  readonly lastPurchase: number | undefined;
  readonly purchases: ReadonlyMap<string, RulePurchases>;
  /** Minor units paid less what was given back in the last days by currency. */
  readonly spend: ReadonlyMap<string, readonly DayCount[]>;
}

/** Purchases, orders and spend: an order that a state keeps stands in no sum yet, so that they are of no use alone. */
export const moneySignal = profileSignal({
  blank: (): MoneyDraft => ({ purchases: new Map(), orders: new Map(), spend: new Map(), ordered: new Map() }),
  copy: ({ purchases, orders, spend, ordered }: Money) => ({
    purchases: new Map(purchases),
    orders: new Map(orders),
    spend: copyBuckets(spend),
    ordered: new Map(ordered),
  }),
  count: (draft: MoneyDraft & Seen, { digest: { orderKey, commerce, at, isPublic }, settled }) => {
    if (commerce.purchase) mention(draft, commerce.purchase.currency, at);
    if (orderKey === undefined) countUnnamed(draft, commerce, at);
    else countOrder(draft, settled, { orderKey, at, isPublic, commerce });
  },
  // An order that both keep counts once.
  join: ({ purchases, orders, spend, ordered }, other) => {
    joinAll(purchases, other.purchases, addPurchases);
    joinAll(orders, other.orders, joinOrders);
    addBuckets(spend, other.spend);
    joinAll(ordered, other.ordered, sum);
  },
  forget: ({ spend, ordered }, { day }) => {
    dropOldBuckets(spend, spendWindow, day);
    dropOldBuckets(ordered, spendWindow, day);
  },
  fields: {
    money: storedMoney,
    orders: z.array(z.tuple([z.string()], z.unknown())).default([]),
    spend: storedBuckets.default([]),
    ordered: z.array(z.tuple([z.int(), z.int()])).default([]),
  },
  decode: ({ money, orders, spend, ordered }) => ({
    purchases: new Map(
      money.map(([currency, count, grossMinor, refundedMinor, first, last, looseMinor = 0]) => {
        const span = spanOf(first, last);
        const sums = { orders: count, grossMinor, refundedMinor, looseMinor };
        return [currency, { ...sums, ...(span === undefined ? {} : { span }) }];
      }),
    ),
    orders: new Map(orders.map(([key, ...order]) => [key, orderOfTuple(order)])),
    spend: bucketsOf(spend),
    ordered: new Map(ordered),
  }),
  always: ({ purchases }: Money) => ({
    money: sortedEntries(purchases).map(([currency, { orders, grossMinor, refundedMinor, looseMinor, span }]) => [
      currency,
      orders,
      grossMinor,
      refundedMinor,
      ...spanTuple(span),
      ...(looseMinor === 0 ? [] : [looseMinor]),
    ]),
  }),
  whenTold: ({ orders, spend, ordered }) => ({
    ...(orders.size === 0 ? {} : { orders: sortedEntries(orders).map(([key, order]) => [key, ...orderTuple(order)]) }),
    ...(spend.size === 0 ? {} : { spend: bucketTuples(spend) }),
    ...(ordered.size === 0 ? {} : { ordered: [...ordered].sort(([a], [b]) => a - b) }),
  }),
  answer: { purchases: ShownPurchases },
  shown: (state) => ({
    purchases: sortedEntries(purchasesOf(state))
      .filter(([, { orders, grossMinor, refundedMinor }]) => orders !== 0 || grossMinor !== 0 || refundedMinor !== 0)
      .map(([currency, { orders, grossMinor, refundedMinor, span }]) => ({
        currency,
        orders,
        revenueMinor: sum(grossMinor, -refundedMinor),
        refundedMinor,
        firstAt: timeTextOrNull(span?.first),
        lastAt: timeTextOrNull(span?.last),
      })),
  }),
  inRules: (state: Money & Seen): MoneyInRules => {
    const purchases = purchasesOf(state);
    const spans = [...purchases.values()].flatMap(({ span }) => span ?? []);
    return {
      orders: total([...purchases.values()].map(({ orders }) => orders)),
      firstPurchase: spans.length === 0 ? undefined : Math.min(...spans.map(({ first }) => first)),
      lastPurchase: spans.length === 0 ? undefined : Math.max(...spans.map(({ last }) => last)),
      purchases: new Map(
        [...purchases].map(([currency, { orders, grossMinor, refundedMinor, span }]) => [
          currency,
          { orders, grossMinor, refundedMinor, first: span?.first, last: span?.last },
        ]),
      ),
      spend: countsByName(spendOf(state)),
    };
  },
});
