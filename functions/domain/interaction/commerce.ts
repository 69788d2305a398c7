import { withoutAddresses } from '#domain/privacy/personal-data.ts';
import type { Interaction, JsonObject } from './interaction.ts';
import { currencyCode, minorUnits } from './money.ts';

/** A product named by an interaction. */
export interface ProductTouch {
  readonly productId?: string;
  readonly category?: string;
}

/** A completed order: counted once per `orderId`. */
export interface Purchase {
  readonly orderId?: string;
  readonly currency: string;
  /** Integer minor units of `currency` (ISO 4217 exponent). */
  readonly revenueMinor: number;
}

/** Money given back: of a named amount, or of the whole order when `amountMinor` is absent. */
export interface Refund {
  readonly orderId?: string;
  readonly currency: string;
  readonly amountMinor?: number;
}

/** A value that can't be money: where it stands and why. */
export interface CommerceFault {
  readonly reason: 'invalid_amount' | 'invalid_currency';
  readonly path: string;
}

/** What an interaction says about money and products, in the Segment ecommerce v2 vocabulary. */
export interface Commerce {
  readonly purchase?: Purchase;
  readonly refund?: Refund;
  readonly products: readonly ProductTouch[];
  readonly fault?: CommerceFault;
}

/** Money without a named currency is in this one, as in the Segment spec. */
const defaultCurrency = 'USD';

/**
 * Reads money and products from a track event (https://segment.com/docs/connections/spec/ecommerce/v2/): `Order Completed`
 * is a purchase, `Order Refunded` and `Order Cancelled` give money back, and every event that names products touches them.
 * `revenue` counts before `total` before `value`. Lists of products count up to 100.
 */
export function commerceOf(interaction: Pick<Interaction, 'type' | 'event' | 'properties'>): Commerce {
  if (interaction.type !== 'track') return { products: [] };
  const { properties, event } = interaction;
  const products = productsOf(properties);
  const isPurchase = event === 'Order Completed';
  const isRefund = event === 'Order Refunded' || event === 'Order Cancelled';
  if (!isPurchase && !isRefund) return { products };

  const currency = properties.currency == null ? defaultCurrency : currencyCode(properties.currency);
  if (currency === undefined) return { products, fault: { reason: 'invalid_currency', path: 'properties.currency' } };
  const field = ['revenue', 'total', 'value'].find((name) => properties[name] != null);
  const amountMinor = field === undefined ? undefined : minorUnits(properties[field], currency);
  if (field !== undefined && amountMinor === undefined) {
    return { products, fault: { reason: 'invalid_amount', path: `properties.${field}` } };
  }
  const orderId = idText(properties.order_id) ?? idText(properties.orderId);
  const order = { currency, ...(orderId === undefined ? {} : { orderId }) };
  if (isPurchase) return { products, purchase: { ...order, revenueMinor: amountMinor ?? 0 } };
  return { products, refund: { ...order, ...(amountMinor === undefined ? {} : { amountMinor }) } };
}

function productsOf(properties: JsonObject): readonly ProductTouch[] {
  const listed = Array.isArray(properties.products) ? properties.products.slice(0, 100) : [];
  return [properties, ...listed].flatMap((product) => {
    if (typeof product !== 'object' || product === null) return [];
    const productId = nameText(Reflect.get(product, 'product_id')) ?? nameText(Reflect.get(product, 'productId'));
    const category = nameText(Reflect.get(product, 'category'));
    if (productId === undefined && (product === properties || category === undefined)) return [];
    return [{ ...(productId === undefined ? {} : { productId }), ...(category === undefined ? {} : { category }) }];
  });
}

/** A name as the lake has it, for profiles can be folded from there again: without addresses. */
function nameText(value: unknown): string | undefined {
  return idText(typeof value === 'string' ? withoutAddresses(value) : value);
}

/** Ids and names as text: a number is spelled out, an empty or overlong one (over 200 characters) is none. */
function idText(value: unknown): string | undefined {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' && text.length <= 200 ? text.trim() : undefined;
}
