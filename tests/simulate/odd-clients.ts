import { dayMs } from '#domain/calendar/days.ts';
import { hash32 } from '#domain/text/stable-hash.ts';
import type { Message } from './stubborn-client.ts';

const minuteMs = 60_000;

/**
 * How a client tells of time: one customer in three has a wrong clock, up to 30 days behind or ahead, in every request; and one message
 * in eight says nothing of time, unless more than its count hangs on it: an order, of which the first word counts, and a consent.
 */
export function clockOf(message: Message): { readonly offsetMs: number; readonly isSilent: boolean } {
  const customer = hash32(String(message.userId ?? message.anonymousId));
  const isOfOrder = Object(message.properties).order_id !== undefined;
  const isSilent = !isOfOrder && message.type !== 'identify' && hash32(message.messageId) % 8 === 0;
  return { offsetMs: customer % 3 === 0 ? wrong(customer >>> 4) : 0, isSilent };
}

/** Minutes, hours or days, either way. */
function wrong(draw: number): number {
  const size = [3 * minuteMs, 5 * 60 * minuteMs, 20 * 60 * minuteMs, 14 * dayMs, 30 * dayMs][draw % 5] ?? minuteMs;
  return draw % 2 === 0 ? size : -size;
}

/** A message as its client sends it at a moment: with the times of its own clock. Sent at another moment it has other bytes. */
export function asSent(message: Message, nowMs: number): Record<string, unknown> {
  const { offsetMs, isSilent } = clockOf(message);
  const { timestamp, ...rest } = message;
  if (isSilent) return rest;
  const told = new Date(Date.parse(timestamp) + offsetMs).toISOString();
  return offsetMs === 0
    ? message
    : { ...rest, timestamp: told, sentAt: new Date(Math.max(nowMs, Date.parse(timestamp)) + offsetMs).toISOString() };
}
