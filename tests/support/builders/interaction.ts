import type { Rejection } from '#contracts/wire/rejection.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';

/** An accepted track event of the web at noon. */
export function interaction(over: Partial<Interaction> = {}): Interaction {
  return {
    messageId: 'm-1',
    type: 'track',
    occurredAt: '2026-03-10T12:00:00.000Z',
    receivedAt: '2026-03-10T12:00:01.000Z',
    touchpoint: 'web',
    userId: 'u-1',
    event: 'Product Viewed',
    properties: {},
    traits: {},
    context: {},
    ...over,
  };
}

/** An `Order Completed` in major units. */
export function purchase(orderId: string | undefined, revenue: number, over: Partial<Interaction> = {}): Interaction {
  const properties = { revenue, currency: 'EUR', ...(orderId === undefined ? {} : { order_id: orderId }) };
  return interaction({ event: 'Order Completed', ...over, properties: { ...properties, ...over.properties } });
}

/** An `Order Refunded` in major units; in full without an amount. */
export function refund(
  orderId: string | undefined,
  amount: number | undefined,
  over: Partial<Interaction> = {},
): Interaction {
  const properties = {
    currency: 'EUR',
    ...(orderId === undefined ? {} : { order_id: orderId }),
    ...(amount === undefined ? {} : { total: amount }),
  };
  return interaction({ event: 'Order Refunded', ...over, properties: { ...properties, ...over.properties } });
}

/** The whole of a refused event. */
export function rejection(over: Partial<Rejection> = {}): Rejection {
  return {
    rejectionId: 'r-1',
    receivedAt: '2026-03-10T12:00:00.000Z',
    reason: 'missing_identity',
    path: 'userId',
    detail: 'An event needs a userId or an anonymousId.',
    type: 'track',
    messageId: 'm-1',
    events: 1,
    payload: 'c2VhbGVk',
    payloadPart: 1,
    payloadParts: 1,
    ...over,
  };
}
