import { isObject } from '#domain/interaction/segment-request.ts';
import type { WorldEvent } from '../world/event.ts';
import type { SealedEvent } from './sealed-events.ts';

/**
 * A refused event in the form in which it can be sent again: what only its first arrival knew is written into it, its time and
 * its touchpoint, and a message without an id gets one that is the same in every recovery.
 */
export function recoverableEvent(
  event: unknown,
  { rejectionId, receivedAt, touchpoint }: Omit<SealedEvent, 'sealed'>,
): WorldEvent {
  const said = isObject(event) ? event : {};
  const context = isObject(said.context) ? said.context : {};
  return {
    touchpoint,
    message: {
      ...said,
      messageId: typeof said.messageId === 'string' ? said.messageId : `recovered-${rejectionId}`,
      timestamp: typeof said.timestamp === 'string' ? said.timestamp : receivedAt,
      ...(said.context === undefined || isObject(said.context) ? { context: { touchpoint, ...context } } : {}),
    },
  };
}
