import { withoutAddresses } from '#domain/privacy/personal-data.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import { idText } from './id-text.ts';
import { amountIn, type StatedAmounts, type StatedMoney } from './stated-money.ts';

/** How much a refund gives back: the whole order, what it states, or what nobody knows. */
export interface RefundAmount {
  readonly kind: 'whole' | 'stated' | 'unknown';
  readonly amounts: StatedAmounts;
  /** Tells repeats of one refund apart from another refund of the same order, where the sender numbers them. */
  readonly refundId?: string;
}

/**
 * Reads how much is given back. An amount counts before products; a partial refund that lists products is the sum of their prices
 * times quantities, and of an unknown amount when one of them has no price. Without both it is of the whole order; what a cancellation
 * lists are the products of the order.
 */
export function refundAmount(
  properties: JsonObject,
  money: Pick<StatedMoney, 'currency' | 'amounts'>,
  isOfAll: boolean,
): RefundAmount {
  const refundId = refundIdIn(properties);
  const named = refundId === undefined ? {} : { refundId };
  if (Object.keys(money.amounts).length > 0) return { ...named, kind: 'stated', amounts: money.amounts };
  const listed: readonly unknown[] = Array.isArray(properties.products) ? properties.products : [];
  if (isOfAll || listed.length === 0) return { ...named, kind: 'whole', amounts: {} };
  const prices = listed.map((product) => priceOf(product, money.currency));
  const revenue = prices.reduce<number>((sum, price) => sum + (price ?? Number.NaN), 0);
  return Number.isSafeInteger(revenue)
    ? { ...named, kind: 'stated', amounts: { revenue } }
    : { ...named, kind: 'unknown', amounts: {} };
}

/** As the lake has it, for profiles can be folded from there again: without addresses. */
function refundIdIn({ refund_id, refundId }: JsonObject): string | undefined {
  const id = idText(refund_id) ?? idText(refundId);
  return id === undefined ? undefined : withoutAddresses(id);
}

function priceOf(product: unknown, currency: string | undefined): number | undefined {
  if (typeof product !== 'object' || product === null) return undefined;
  const price = amountIn(Reflect.get(product, 'price'), currency, true);
  const quantity: unknown = Reflect.get(product, 'quantity') ?? 1;
  const count = typeof quantity === 'string' && quantity.trim() !== '' ? Number(quantity) : quantity;
  if (price === undefined || typeof count !== 'number' || !Number.isFinite(count)) return undefined;
  return Math.round(price * Math.abs(count));
}
