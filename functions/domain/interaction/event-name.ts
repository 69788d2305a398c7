/**
 * The name of a track event, in the ecommerce v2 vocabulary where it is one of its names or an alias: the v1 names with the verb in
 * front (`Completed Order`), in any case, with blanks, underscores, hyphens or nothing between the words, as Segment's own
 * integrations match them (https://github.com/segmentio/analytics-events). Other names stay as they are.
 */
export function eventName(name: string): string {
  return names.get(folded(name)) ?? name;
}

/** https://segment.com/docs/connections/spec/ecommerce/v2/, and the A/B testing spec's one event. */
const ecommerceNames = [
  'Products Searched',
  'Product List Viewed',
  'Product List Filtered',
  'Promotion Viewed',
  'Promotion Clicked',
  'Product Clicked',
  'Product Viewed',
  'Product Added',
  'Product Removed',
  'Cart Viewed',
  'Checkout Started',
  'Checkout Step Viewed',
  'Checkout Step Completed',
  'Payment Info Entered',
  'Order Completed',
  'Order Updated',
  'Order Refunded',
  'Order Cancelled',
  'Coupon Entered',
  'Coupon Applied',
  'Coupon Denied',
  'Coupon Removed',
  'Product Shared',
  'Cart Shared',
  'Product Reviewed',
  'Experiment Viewed',
];

/** Names of v2 whose verb is not their last word, and aliases that are no mere change of order. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  'Product Added to Wishlist': ['Added Product to Wishlist'],
  'Product Removed from Wishlist': ['Removed Product from Wishlist'],
  'Wishlist Product Added to Cart': ['Added Wishlist Product to Cart'],
  'Product List Viewed': ['Viewed Product Category', 'Product Category Viewed'],
  'Product Viewed': ['Viewed Product Details', 'Viewed Product Detail'],
  'Checkout Started': ['Started Order', 'Order Started'],
  'Order Cancelled': ['Order Canceled', 'Canceled Order'],
};

const names = new Map<string, string>([
  ...ecommerceNames.flatMap((name) => [name, verbInFront(name)].map((alias) => [folded(alias), name] as const)),
  ...Object.entries(otherNames).flatMap(([name, aliases]) =>
    [name, ...aliases].map((alias) => [folded(alias), name] as const),
  ),
]);

function verbInFront(name: string): string {
  const words = name.split(' ');
  return [...words.slice(-1), ...words.slice(0, -1)].join(' ');
}

function folded(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '');
}
