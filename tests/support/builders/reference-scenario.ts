import type { SentMessage } from '#support/auditors/audited-run.ts';

type Message = SentMessage['message'];

/**
 * One request of three customers, for a cloud whose clock shows 2026-03-10 or later: an order told twice and given back in
 * part, a page, a profile, and an event that is refused. Ids begin with the prefix.
 */
export function referenceScenario(idPrefix: string): Message[] {
  let number = 0;
  const message = (userId: string | undefined, over: object): Message => ({
    ...(userId === undefined ? {} : { userId: idPrefix + userId }),
    messageId: `${idPrefix}${++number}`,
    timestamp: `2026-03-10T10:0${number}:00.000Z`,
    ...over,
  });
  const money = { order_id: `${idPrefix}order`, currency: 'EUR' };
  const order = { type: 'track', event: 'Order Completed', properties: { ...money, revenue: 19.99 } };
  return [
    message('ada', order),
    message('ada', { ...order, context: { touchpoint: 'store' } }),
    message('ada', { type: 'track', event: 'Order Refunded', properties: { ...money, total: 5 } }),
    message('bilal', { type: 'page', name: 'Home', context: { campaign: { name: 'autumn' } } }),
    message('carla', { type: 'identify', traits: { plan: 'max', email: 'carla@example.com' } }),
    message(undefined, { type: 'track', event: 'Product Viewed' }),
  ];
}
