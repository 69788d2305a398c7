import type { Commerce } from '#domain/interaction/commerce.ts';
import { byCodeUnit } from '#domain/text/bounded-map.ts';
import { blankOrder, joinOrders, type OrderRecord, orderOfPurchase, orderOfRefund } from './order-record.ts';
import { type MoneyDraft, settle } from './purchases.ts';
import type { Seen } from './seen-signal.ts';

/** The latest orders of a persona stand in its state, so that one told under another persona of the customer too counts once. */
export const mostOrders = 24;

interface Message {
  readonly orderKey: string;
  readonly at: number;
  readonly isPublic: boolean;
  readonly commerce: Commerce;
}

/** Counts what a message says about an order. `settled` has the record of one that the state does not keep, if there is one. */
export function countOrder(
  draft: MoneyDraft & Seen,
  settled: ReadonlyMap<string, OrderRecord>,
  { orderKey, at, isPublic, commerce }: Message,
): void {
  const { purchase, refund } = commerce;
  const known = draft.orders.get(orderKey) ?? settled.get(orderKey);
  if (known !== undefined && !draft.orders.has(orderKey)) settle(draft, known, -1);
  const told = [
    ...(purchase === undefined ? [] : [orderOfPurchase(purchase, { at }, isPublic)]),
    ...(refund === undefined ? [] : [orderOfRefund(refund, { at })]),
  ];
  draft.orders.set(orderKey, told.reduce(joinOrders, known ?? blankOrder()));
}

/**
 * Settles all but the latest orders and gives their records. An order's latest time only grows, so that which are the latest
 * depends on the messages alone: what settles has been passed by as many others, and comes back only with a message of its own.
 */
export function settleOldOrders(draft: MoneyDraft & Seen): Map<string, OrderRecord> {
  const settled = new Map<string, OrderRecord>();
  if (draft.orders.size <= mostOrders) return settled;
  const oldestFirst = [...draft.orders].sort(([a, x], [b, y]) => x.lastAt - y.lastAt || byCodeUnit(a, b));
  for (const [key, order] of oldestFirst.slice(0, -mostOrders)) {
    settle(draft, order, 1);
    draft.orders.delete(key);
    settled.set(key, order);
  }
  return settled;
}
