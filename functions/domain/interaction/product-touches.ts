import { withoutAddresses } from '#domain/privacy/personal-data.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import { idText } from './id-text.ts';

/** A product named by an interaction. */
export interface ProductTouch {
  readonly productId?: string;
  readonly category?: string;
}

/** The products of an event: its own, and those of its list, of which up to 100 count. */
export function productTouches(properties: JsonObject): readonly ProductTouch[] {
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
  const text = typeof value === 'number' ? String(value) : value;
  return idText(typeof text === 'string' ? withoutAddresses(text) : text);
}
