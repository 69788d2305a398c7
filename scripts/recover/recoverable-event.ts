import type { Trust } from '#domain/credential/trust.ts';
import { boundedByArrival, correctedTime, timeInRange } from '#domain/interaction/occurred-at.ts';
import { isObject } from '#domain/text/is-object.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import type { PlayedEvent } from '#scripts/world/play.ts';
import type { SealedEvent } from './sealed-events.ts';

/**
 * A refused event in the form in which it can be sent again: what only its first arrival knew is written into it, its time by the
 * server's clock and its touchpoint, and a message without an id gets one that is the same in every recovery: of its rejection, and of its place among those told with it. What is wrong with
 * it stays as it is.
 */
export function recoverableEvent(
  event: unknown,
  { rejectionId, receivedAt, touchpoint, trust, place }: Omit<SealedEvent, 'sealed'> & { readonly place: number },
): PlayedEvent {
  const said = isObject(event) ? event : {};
  const messageId = `recovered-${rejectionId}${place === 0 ? '' : `-${place}`}`;
  const { sentAt: _, ...message } = {
    ...said,
    ...timeOf(said, Date.parse(receivedAt), trust),
    ...contextOf(said, { touchpoint, ...(trust === 'public' ? { trust } : {}) }),
  };
  return {
    touchpoint,
    message: { ...message, ...(isAbsent(said.messageId) ? { messageId } : {}) },
  };
}

/** The event's time, corrected as it was or would have been at its arrival; nothing when it can't be read. */
function timeOf(said: JsonObject, receivedAt: number, trust: Trust): JsonObject {
  const field = said.originalTimestamp == null ? 'timestamp' : 'originalTimestamp';
  const time = correctedTime(said[field], said.sentAt, receivedAt);
  if (time === undefined || Number.isNaN(new Date(time).getTime())) return {};
  const counted = timeInRange(time, receivedAt) ? boundedByArrival(time, receivedAt, trust) : time;
  return { [field]: new Date(counted).toISOString() };
}

function contextOf({ context }: JsonObject, told: { readonly touchpoint: string; readonly trust?: Trust }): JsonObject {
  if (context == null) return { context: told };
  return isObject(context) ? { context: { touchpoint: told.touchpoint, ...context, ...ofTrust(told) } } : {};
}

/** Not what an event says of itself. */
function ofTrust({ trust }: { readonly trust?: Trust }): JsonObject {
  return trust === undefined ? {} : { trust };
}

/** As the door sees it: null and blank count as absent. */
function isAbsent(id: unknown): boolean {
  return id == null || (typeof id === 'string' && id.trim() === '');
}
