import type { Purchase, Refund } from '#domain/interaction/commerce.ts';
import { amountBases, type StatedAmounts } from '#domain/interaction/stated-money.ts';
import { byCodeUnit, join, joinAll, sum } from '#domain/text/bounded-map.ts';
import { hash64 } from '#domain/text/stable-hash.ts';

/** The purchase message that speaks for an order. */
export interface OrderPurchase {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Whether a public key told it: then any trusted word about the order is better. */
  readonly isPublic: boolean;
  readonly currency: string;
  readonly amounts: StatedAmounts;
}

/** Refunds of one currency that state the same bases, added up. */
export interface StatedRefund {
  /** Undefined when they name none: then it is the order's, and amounts are in ten-thousandths of a major unit. */
  readonly currency: string | undefined;
  readonly amounts: StatedAmounts;
}

/** A refund that its senders number, so that it counts once whoever tells it. */
export interface NumberedRefund extends StatedRefund {
  readonly at: number;
  readonly isWhole: boolean;
}

/** What is known of one order: messages can come in any number and order, from several systems, and each may change its effect. */
export interface OrderRecord {
  /** The latest time of a message about it, in epoch milliseconds: it only grows. */
  readonly lastAt: number;
  readonly purchase?: OrderPurchase;
  readonly isGivenBack: boolean;
  /** By currency and bases. */
  readonly refunds: ReadonlyMap<string, StatedRefund>;
  /** By hash of their number. */
  readonly numbered: ReadonlyMap<string, NumberedRefund>;
}

interface Message {
  readonly at: number;
}

/** More refunds of one order with a number of their own are not told apart; ISO 4217 and the bases bound those without. */
const mostNumbered = 64;

/** An order of which nothing is known. */
export function blankOrder(): OrderRecord {
  return { lastAt: Number.MIN_SAFE_INTEGER, isGivenBack: false, refunds: new Map(), numbered: new Map() };
}

/** What a purchase message says of its order. */
export function orderOfPurchase({ currency, amounts }: Purchase, { at }: Message, isPublic: boolean): OrderRecord {
  return { ...blankOrder(), lastAt: at, purchase: { at, isPublic, currency, amounts } };
}

/** What a refund message says of its order. */
export function orderOfRefund({ kind, currency, amounts, refundId }: Refund, { at }: Message): OrderRecord {
  const blank = { ...blankOrder(), lastAt: at };
  if (kind === 'unknown') return blank;
  const refund = { currency, amounts: withoutZeros(amounts) };
  if (refundId !== undefined) {
    return { ...blank, numbered: new Map([[hash64(refundId), { ...refund, at, isWhole: kind === 'whole' }]]) };
  }
  return kind === 'whole' ? { ...blank, isGivenBack: true } : { ...blank, refunds: new Map([[keyOf(refund), refund]]) };
}

/** What two parts of one order's messages say together: commutative and associative, with the blank order as identity. */
export function joinOrders(a: OrderRecord, b: OrderRecord): OrderRecord {
  const refunds = new Map(a.refunds);
  joinAll(refunds, b.refunds, addRefunds);
  const numbered = new Map(a.numbered);
  for (const [number, refund] of b.numbered) join(numbered, number, refund, firstTold, mostNumbered);
  const purchase = a.purchase && b.purchase ? speaker(a.purchase, b.purchase) : (a.purchase ?? b.purchase);
  return {
    lastAt: Math.max(a.lastAt, b.lastAt),
    ...(purchase === undefined ? {} : { purchase }),
    isGivenBack: a.isGivenBack || b.isGivenBack,
    refunds,
    numbered,
  };
}

/** The key of refunds that are added up. */
export function keyOf({ currency, amounts }: StatedRefund): string {
  return [currency ?? '', ...amountBases.filter((base) => amounts[base] !== undefined)].join(' ');
}

/** Adds refunds of one key. */
export function addRefunds(a: StatedRefund, b: StatedRefund): StatedRefund {
  const amounts = amountBases.flatMap((base) => {
    const [one, other] = [a.amounts[base], b.amounts[base]];
    return one === undefined && other === undefined ? [] : [[base, sum(one ?? 0, other ?? 0)]];
  });
  return { currency: a.currency, amounts: Object.fromEntries(amounts) };
}

/**
 * Of two purchase messages the one that speaks for their order: a trusted one before a public key's, whatever their times, then the
 * earlier. What is told at the same time is told apart by what it says, as in v_customers: there an id would do no better.
 */
function speaker(a: OrderPurchase, b: OrderPurchase): OrderPurchase {
  const order =
    Number(a.isPublic) - Number(b.isPublic) ||
    a.at - b.at ||
    byCodeUnit(a.currency, b.currency) ||
    countedMinor(a) - countedMinor(b) ||
    byAmounts(a.amounts, b.amounts);
  return order <= 0 ? a : b;
}

/** What counts of a purchase, in minor units. */
export function countedMinor({ amounts }: Pick<OrderPurchase, 'amounts'>): number {
  const base = amountBases.find((each) => amounts[each] !== undefined);
  return (base === undefined ? undefined : amounts[base]) ?? 0;
}

/** Of two tellings of one numbered refund the earlier one. */
function firstTold(a: NumberedRefund, b: NumberedRefund): NumberedRefund {
  const order =
    a.at - b.at ||
    byCodeUnit(a.currency ?? '', b.currency ?? '') ||
    Number(a.isWhole) - Number(b.isWhole) ||
    byAmounts(a.amounts, b.amounts);
  return order <= 0 ? a : b;
}

function byAmounts(a: StatedAmounts, b: StatedAmounts): number {
  const differences = amountBases.map((base) => (a[base] ?? 0) - (b[base] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}

/** Nothing of a base says nothing of it. */
function withoutZeros(amounts: StatedAmounts): StatedAmounts {
  return Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount !== 0));
}
