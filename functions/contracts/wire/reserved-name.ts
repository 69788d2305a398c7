import { dispositionEvent } from '#domain/vocabulary/disposition-event.ts';

/** Message ids of what the firm's own functions tell begin so; repeats are known by them. */
const ownMessageIds = ['disposition:', 'consents:'];

/** Whether an event has the name in which the firm's own functions tell the profile of dispositions: nobody else may. */
export function isReservedEvent(type: string, event: string | null | undefined): boolean {
  return type === 'track' && event?.trim().toLowerCase() === dispositionEvent.toLowerCase();
}

/** Whether a message id looks like one of the firm's own functions'. */
export function isReservedMessageId(messageId: string | null | undefined): boolean {
  return ownMessageIds.some((prefix) => messageId?.startsWith(prefix));
}
