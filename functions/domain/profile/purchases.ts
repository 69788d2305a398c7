import { dayNumberOf } from '#domain/calendar/days.ts';
import type { Commerce } from '#domain/interaction/commerce.ts';
import { amountBases } from '#domain/interaction/stated-money.ts';
import { sum } from '#domain/text/bounded-map.ts';
import { spendWindow } from './activity.ts';
import { type Buckets, copyBuckets, type ReadonlyBuckets } from './calendar-buckets.ts';
import { effectOf } from './order-effect.ts';
import type { OrderRecord } from './order-record.ts';
import type { Seen } from './seen-signal.ts';
import { hull, type Span } from './span.ts';

/** What was bought in one currency, in minor units; `span` runs over every purchase message, those that repeat an order too. */
export interface PurchaseSum {
  readonly orders: number;
  readonly grossMinor: number;
  readonly refundedMinor: number;
  /** Given back of nobody knows which order. */
  readonly looseMinor: number;
  readonly span?: Span;
}

/** What a state knows of money. */
export interface Money {
  /** Sums by currency, without the orders below: see `purchasesOf`. */
  readonly purchases: ReadonlyMap<string, PurchaseSum>;
  /** The latest orders by hash of their id. */
  readonly orders: ReadonlyMap<string, OrderRecord>;
  /** Minor units paid less what was given back by day, UTC, and currency, without the orders above: see `spendOf`. */
  readonly spend: ReadonlyBuckets;
  /** Orders by day, UTC, without those above: see `ordersByDay`. */
  readonly ordered: ReadonlyMap<number, number>;
}

export interface MoneyDraft extends Money {
  readonly purchases: Map<string, PurchaseSum>;
  readonly orders: Map<string, OrderRecord>;
  readonly spend: Buckets;
  readonly ordered: Map<number, number>;
}

const none: PurchaseSum = { orders: 0, grossMinor: 0, refundedMinor: 0, looseMinor: 0 };

/** Counts what a message says that names no order: each purchase is its own, and what is given back is of any. */
export function countUnnamed(draft: MoneyDraft & Seen, { purchase, refund }: Commerce, at: number): void {
  if (purchase) {
    add(draft.purchases, purchase.currency, { ...none, orders: 1, grossMinor: purchase.revenueMinor });
    spend(draft, at, purchase.currency, purchase.revenueMinor);
    countOn(draft, at, 1);
  }
  const base = amountBases.find((each) => refund?.amounts[each] !== undefined);
  if (refund?.currency === undefined || base === undefined) return;
  const looseMinor = refund.amounts[base] ?? 0;
  add(draft.purchases, refund.currency, { ...none, looseMinor });
  // Nobody knows the day of its order.
  spend(draft, at, refund.currency, -looseMinor);
}

/** Takes note that something was bought in a currency at a time, whatever it comes to. */
export function mention(draft: MoneyDraft, currency: string, at: number): void {
  add(draft.purchases, currency, { ...none, span: { first: at, last: at } });
}

/** Adds an order that the state keeps no longer to its sums, or with −1 takes one out of them that it keeps again. */
export function settle(draft: MoneyDraft & Seen, order: OrderRecord, sign: 1 | -1): void {
  const effect = effectOf(order);
  if (effect === undefined) return;
  const { at, currency, grossMinor, refundedMinor } = effect;
  add(draft.purchases, currency, {
    ...none,
    orders: sign,
    grossMinor: sign * grossMinor,
    refundedMinor: sign * refundedMinor,
  });
  spend(draft, at, currency, sign * (grossMinor - refundedMinor));
  countOn(draft, at, sign);
}

/** What was bought by currency: the settled orders and those that the state keeps. Nothing is given back that was not paid. */
export function purchasesOf(state: Money): Map<string, PurchaseSum> {
  const all = new Map(state.purchases);
  for (const order of state.orders.values()) {
    const effect = effectOf(order);
    if (effect === undefined) continue;
    const { currency, grossMinor, refundedMinor } = effect;
    add(all, currency, { ...none, orders: 1, grossMinor, refundedMinor });
  }
  for (const [currency, { looseMinor, ...sums }] of all) {
    const refundedMinor = Math.min(sums.grossMinor, sum(sums.refundedMinor, looseMinor));
    all.set(currency, { ...sums, refundedMinor, looseMinor: 0 });
  }
  return all;
}

/**
 * What was paid less what was given back by day, UTC, and currency, in minor units: the settled orders and those that the state
 * keeps. What is given back comes off on the day of its order; without one on its own, which may come to less than nothing.
 */
export function spendOf(state: Money & Seen): ReadonlyBuckets {
  const draft = { seen: state.seen, spend: copyBuckets(state.spend) };
  for (const order of state.orders.values()) {
    const effect = effectOf(order);
    if (effect !== undefined) spend(draft, effect.at, effect.currency, effect.grossMinor - effect.refundedMinor);
  }
  return draft.spend;
}

/** Orders by day, UTC, each once: the settled ones and those that the state keeps. One that was given back stays an order. */
export function ordersByDay(state: Money & Seen): ReadonlyMap<number, number> {
  const draft = { seen: state.seen, ordered: new Map(state.ordered) };
  for (const order of state.orders.values()) {
    const effect = effectOf(order);
    if (effect !== undefined) countOn(draft, effect.at, 1);
  }
  return draft.ordered;
}

/** Adds two sums of one currency. */
export function addPurchases(a: PurchaseSum, b: PurchaseSum): PurchaseSum {
  const span = a.span && b.span ? hull(a.span, b.span) : (a.span ?? b.span);
  return {
    orders: sum(a.orders, b.orders),
    grossMinor: sum(a.grossMinor, b.grossMinor),
    refundedMinor: sum(a.refundedMinor, b.refundedMinor),
    looseMinor: sum(a.looseMinor, b.looseMinor),
    ...(span === undefined ? {} : { span }),
  };
}

// ISO 4217 has some 300 codes: no other bound is needed.
function add(purchases: Map<string, PurchaseSum>, currency: string, added: PurchaseSum): void {
  const old = purchases.get(currency);
  purchases.set(currency, old === undefined ? added : addPurchases(old, added));
}

/** What comes to nothing has no entry, so that an order taken out leaves no trace. */
function spend(
  { seen, spend: buckets }: { readonly seen: Span | undefined; readonly spend: Buckets },
  at: number,
  currency: string,
  minor: number,
): void {
  const day = dayNumberOf(at);
  if (isPast(day, seen, at)) return;
  const bucket = buckets.get(day) ?? new Map<string, number>();
  const paid = sum(bucket.get(currency) ?? 0, minor);
  if (paid === 0) bucket.delete(currency);
  else bucket.set(currency, paid);
  if (bucket.size === 0) buckets.delete(day);
  else buckets.set(day, bucket);
}

/** No orders have no entry, so that an order taken out leaves no trace. */
function countOn(
  { seen, ordered }: { readonly seen: Span | undefined; readonly ordered: Map<number, number> },
  at: number,
  orders: number,
): void {
  const day = dayNumberOf(at);
  if (isPast(day, seen, at)) return;
  const counted = sum(ordered.get(day) ?? 0, orders);
  if (counted === 0) ordered.delete(day);
  else ordered.set(day, counted);
}

function isPast(day: number, seen: Span | undefined, at: number): boolean {
  return day <= dayNumberOf(seen?.last ?? at) - spendWindow.buckets;
}
