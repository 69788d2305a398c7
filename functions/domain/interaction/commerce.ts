import { isObject } from '#domain/text/is-object.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import { idText } from './id-text.ts';
import type { Interaction } from './interaction.ts';
import { decimalsOf } from './money.ts';
import { type ProductTouch, productTouches } from './product-touches.ts';
import { type RefundAmount, refundAmount } from './refund-amount.ts';
import { isPublic } from './standing.ts';
import {
  type AmountBase,
  amountBases,
  leavesCurrencyOut,
  losesDigits,
  type MoneyFault,
  type StatedAmounts,
  type StatedMoney,
  statedMoney,
} from './stated-money.ts';

/** A completed order: counted once per `orderId`. */
export interface Purchase {
  readonly orderId?: string;
  readonly currency: string;
  /** What counts: integer minor units of `currency` (ISO 4217 exponent). */
  readonly revenueMinor: number;
  readonly amounts: StatedAmounts;
}

/** Money given back. */
export interface Refund extends RefundAmount {
  readonly orderId?: string;
  /** Absent when it is left out: then it is the order's. */
  readonly currency?: string;
}

/** Why something is accepted and counts for less than it seems. The code is an API. */
export const noteReasons = [
  'no_amount',
  'unknown_amount',
  'no_order',
  'moves_no_money',
  'public_key',
  'usual_currency',
  'rounded',
] as const;

/** What is accepted and counts for less than it seems. */
export interface CommerceNote {
  readonly reason: (typeof noteReasons)[number];
  readonly path: string;
  readonly detail: string;
}

/** What an interaction says about money and products, in the Segment ecommerce v2 vocabulary. */
export interface Commerce {
  readonly purchase?: Purchase;
  readonly refund?: Refund;
  readonly products: readonly ProductTouch[];
  readonly fault?: MoneyFault;
  readonly notes: readonly CommerceNote[];
}

/** Money that names no currency, told before stages had one, is in that of the Segment spec. */
const specCurrency = 'USD';

/** How much later than it happened a public key may tell of an order: a page that was offline for a while. */
const publicOrderMs = 3_600_000;

/** The largest order that counts from a public key, in minor units: three of 10^10 would make anybody the best customer. */
const largestPublicMinor = 10_000_000;

type Told = Pick<Interaction, 'type' | 'event' | 'properties'> &
  Partial<Pick<Interaction, 'standing' | 'occurredAt' | 'receivedAt' | 'usualCurrency'>>;

const moneyEvents: ReadonlySet<string | undefined> = new Set(['Order Completed', 'Order Refunded', 'Order Cancelled']);

/** Whether an interaction tells of money and leaves out in which currency. */
export function asksForCurrency({ type, event, properties }: Pick<Told, 'type' | 'event' | 'properties'>): boolean {
  return type === 'track' && moneyEvents.has(event) && leavesCurrencyOut(properties);
}

/**
 * Reads money and products from a track event (https://segment.com/docs/connections/spec/ecommerce/v2/): `Order Completed`
 * is a purchase, `Order Refunded` and `Order Cancelled` give money back, and every event that names products touches them. A public key,
 * which anybody holds, moves money only by the orders of the moment: what it tells of refunds, cancellations and past orders counts as
 * an event and no more.
 */
export function commerceOf(interaction: Told): Commerce {
  const told = commerceTold(interaction);
  const { purchase, refund, ...rest } = told;
  if (refund !== undefined && isPublic(interaction)) return { ...rest, notes: [notes.refundOfPublicKey] };
  if (purchase !== undefined && isPublic(interaction)) {
    if (isPast(interaction)) return { ...rest, notes: [notes.pastOfPublicKey] };
    if (isTooLarge(purchase)) return { ...rest, notes: [notes.largeOfPublicKey] };
  }
  return told;
}

function isTooLarge({ amounts }: Purchase): boolean {
  return amountBases.some((base) => (amounts[base] ?? 0) > largestPublicMinor);
}

function isPast({ occurredAt = '', receivedAt = '' }: Told): boolean {
  return Date.parse(receivedAt) - Date.parse(occurredAt) > publicOrderMs;
}

function commerceTold(interaction: Told): Commerce {
  if (interaction.type !== 'track') return { products: [], notes: [] };
  const { properties, event, usualCurrency = specCurrency } = interaction;
  const products = productTouches(properties);
  const orderId = idText(properties.order_id) ?? idText(properties.orderId);
  const order = orderId === undefined ? {} : { orderId };
  switch (event) {
    case 'Order Completed': {
      const money = statedMoney(properties, { currencyLeftOut: usualCurrency, isSigned: false });
      if ('reason' in money) return { products, fault: money, notes: [] };
      const { currency = usualCurrency, amounts } = money;
      const counted = amountBases.map((base) => amounts[base]).find((amount) => amount !== undefined);
      const purchase = { currency, ...order, amounts, revenueMinor: counted ?? 0 };
      return { products, purchase, notes: counted === undefined ? [notes.purchaseOfNothing] : notesOf(money) };
    }
    case 'Order Refunded':
    case 'Order Cancelled': {
      const currencyLeftOut = orderId === undefined ? usualCurrency : undefined;
      const money = statedMoney(properties, { currencyLeftOut, isSigned: true });
      if ('reason' in money) return { products, fault: money, notes: [] };
      return { products, ...refundOf(properties, money, event === 'Order Cancelled', orderId) };
    }
    case 'Order Updated':
      return { products, notes: amountBases.some((base) => properties[base] != null) ? [notes.update] : [] };
    default:
      return { products, notes: [] };
  }
}

function refundOf(
  properties: JsonObject,
  money: StatedMoney,
  isOfAll: boolean,
  orderId: string | undefined,
): Pick<Commerce, 'refund' | 'notes'> {
  const { currency } = money;
  const amount = refundAmount(properties, money, isOfAll);
  const refund = {
    ...amount,
    ...(orderId === undefined ? {} : { orderId }),
    ...(currency === undefined ? {} : { currency }),
  };
  if (amount.kind === 'unknown') return { refund, notes: [notes.refundOfUnknown] };
  if (amount.kind === 'whole') return { refund, notes: orderId === undefined ? [notes.refundOfNoOrder] : [] };
  return { refund, notes: [...notesOf(money), ...pricesRounded(properties, money)] };
}

/** What is to be said of amounts that count. */
function notesOf({ currency, amounts, rounded, isCurrencyLeftOut }: StatedMoney): CommerceNote[] {
  if (currency === undefined) return [];
  const isOfSomething = amountBases.some((base) => (amounts[base] ?? 0) > 0);
  return [
    ...(isCurrencyLeftOut && isOfSomething ? [usualCurrencyNote(currency)] : []),
    ...rounded.map((base) => roundedNote(base, currency)),
  ];
}

/** A refund that states no amount is what its products cost. */
function pricesRounded({ products }: JsonObject, { currency, amounts }: StatedMoney): CommerceNote[] {
  if (currency === undefined || Object.keys(amounts).length > 0 || !Array.isArray(products)) return [];
  const isAnyRounded = products.some((product) => isObject(product) && losesDigits(product.price, currency));
  return isAnyRounded ? [roundedNote('products', currency)] : [];
}

function usualCurrencyNote(currency: string): CommerceNote {
  const detail = `Counted in ${currency}, the stage’s currency: expected the currency that it is in.`;
  return { reason: 'usual_currency', path: 'properties.currency', detail };
}

function roundedNote(name: AmountBase | 'products', currency: string): CommerceNote {
  const detail = `Counted as rounded to minor units: an amount in ${currency} has ${decimalsOf(currency)} decimals.`;
  return { reason: 'rounded', path: `properties.${name}`, detail };
}

const notes = {
  refundOfPublicKey: {
    reason: 'public_key',
    path: 'event',
    detail: 'Gives nothing back: refunds and cancellations are for a server’s key to tell.',
  },
  largeOfPublicKey: {
    reason: 'public_key',
    path: 'properties',
    detail: `Counts as no order: of more than ${largestPublicMinor} minor units a server’s key is to tell.`,
  },
  pastOfPublicKey: {
    reason: 'public_key',
    path: 'timestamp',
    detail: 'Counts as no order: one of more than an hour ago is for a server’s key to tell.',
  },
  purchaseOfNothing: {
    reason: 'no_amount',
    path: 'properties.revenue',
    detail: 'Counted as an order of nothing: expected its revenue, total or value.',
  },
  refundOfUnknown: {
    reason: 'unknown_amount',
    path: 'properties.products',
    detail: 'Gives nothing back: expected a revenue, total or value, or the price of every product.',
  },
  refundOfNoOrder: {
    reason: 'no_order',
    path: 'properties.order_id',
    detail: 'Gives nothing back: expected an order_id, or an amount.',
  },
  update: {
    reason: 'moves_no_money',
    path: 'event',
    detail: 'Order Updated moves no money: an order counts as Order Completed tells it.',
  },
} as const satisfies Record<string, CommerceNote>;
