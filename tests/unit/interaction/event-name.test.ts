import { expect, test } from 'vitest';
import { eventName } from '#domain/interaction/event-name.ts';

test.each([
  ['Completed Order', 'Order Completed'],
  ['completed_order', 'Order Completed'],
  ['CompletedOrder', 'Order Completed'],
  [' order  completed ', 'Order Completed'],
  ['orderCompleted', 'Order Completed'],
  ['ORDER_COMPLETED', 'Order Completed'],
  ['order-refunded', 'Order Refunded'],
  ['Refunded Order', 'Order Refunded'],
  ['Order Canceled', 'Order Cancelled'],
  ['Cancelled Order', 'Order Cancelled'],
  ['Viewed Product', 'Product Viewed'],
  ['viewed product category', 'Product List Viewed'],
  ['Viewed Product Details', 'Product Viewed'],
  ['Added Product', 'Product Added'],
  ['removedProduct', 'Product Removed'],
  ['Clicked Promotion', 'Promotion Clicked'],
  ['Viewed Checkout Step', 'Checkout Step Viewed'],
  ['Completed Checkout Step', 'Checkout Step Completed'],
  ['Started Order', 'Checkout Started'],
  ['product added to wishlist', 'Product Added to Wishlist'],
  ['Searched Products', 'Products Searched'],
])('%j is %s', (name, expected) => {
  expect(eventName(name)).toBe(expected);
});

test.each(['Order', 'Completed', 'Order Complete', 'Order Completed!', 'Signed Up', '', 'constructor', 'Mail Opened'])(
  '%j stays as it is',
  (name) => {
    expect(eventName(name)).toBe(name);
  },
);

test('a name of the vocabulary is its own', () => {
  for (const name of ['Order Completed', 'Wishlist Product Added to Cart', 'Experiment Viewed']) {
    expect(eventName(name)).toBe(name);
  }
});
