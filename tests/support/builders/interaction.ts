import type { Interaction } from '#domain/interaction/interaction.ts';
import type { Rejection } from '#domain/interaction/rejection.ts';

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
    payload: 'c2VhbGVk',
    payloadPart: 1,
    payloadParts: 1,
    ...over,
  };
}
