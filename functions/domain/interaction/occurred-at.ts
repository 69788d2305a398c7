import { dayMs } from '#domain/calendar/days.ts';
import type { Trust } from '#domain/credential/trust.ts';

/** A smaller difference between the clocks is network time, and a resend must keep its time. */
const skewToleranceMs = 60_000;

/** How far back a public key may date what it tells: a page or app that was offline longer has it dated this far back. */
export const publicPastMs = 2 * dayMs;

// Date accepts much more than ISO 8601; the expression keeps its guesses out. A time without a zone is UTC.
const iso8601 = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** Epoch milliseconds of an ISO 8601 text, or `undefined`. Fractions beyond milliseconds are cut off. */
export function parseTime(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined;
  const match = iso8601.exec(text.trim());
  if (!match) return undefined;
  const hasTime = text.trim().length > 10;
  const normal = text
    .trim()
    .replace(' ', 'T')
    .replace(',', '.')
    .replace(/([+-]\d{2})(\d{2})?$/, (whole, hours: string, minutes?: string) =>
      whole.length === text.trim().length || !hasTime ? whole : `${hours}:${minutes ?? '00'}`,
    );
  const time = Date.parse(hasTime && match[2] === undefined ? `${normal}Z` : normal);
  // Date rolls February 30 over into March.
  if (Number.isNaN(time) || !isDayOfMonth(text.trim())) return undefined;
  return Math.trunc(time);
}

function isDayOfMonth(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  return day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The digits of a second's fraction in an ISO 8601 text; empty when it has none. */
function fractionOf(text: unknown): string {
  return typeof text === 'string' ? (iso8601.exec(text.trim())?.[1] ?? '') : '';
}

/** A time by the server's clock: epoch milliseconds, and the microseconds within the millisecond where the sender told them. */
export interface Occurrence {
  readonly ms: number;
  readonly micros: number;
  /** Whether another arrival of the same message would have another time. */
  readonly dependsOnArrival: boolean;
  /** The time as it was told, in epoch milliseconds. */
  readonly toldMs: number | undefined;
}

/**
 * When an event happened by the server's clock (Segment spec, "Clock skew"): `receivedAt − (sentAt − originalTimestamp)`
 * when the two clocks differ by more than a minute. All in epoch milliseconds; without a timestamp it is the arrival;
 * `undefined` when the timestamp can't be read. A sentAt corrects nothing that can't be read, or that is before the
 * timestamp: nothing is sent before it happened.
 */
export function correctedTime(original: unknown, sentAt: unknown, receivedAt: number): number | undefined {
  if (original === undefined || original === null) return receivedAt;
  const time = parseTime(original);
  if (time === undefined) return undefined;
  const sent = sentTime(sentAt, time);
  if (sent === undefined || Math.abs(receivedAt - sent) <= skewToleranceMs) return time;
  return receivedAt - (sent - time);
}

/** When a request was sent by its sender's clock, unless that was before what it tells happened. */
function sentTime(sentAt: unknown, time: number): number | undefined {
  const sent = parseTime(sentAt);
  if (sent === undefined || sent >= time) return sent;
  // Some SDKs cut sentAt to whole seconds (Segment's for PHP), and the timestamp not.
  const isCut = fractionOf(sentAt) === '' && sent === time - (time % 1000);
  return isCut ? time : undefined;
}

/**
 * A time as it counts: never newer than the arrival, for then a client's clock would decide what is the last word; and from
 * a public key, which anybody holds, nothing older than {@link publicPastMs}.
 */
export function boundedByArrival(time: number, receivedAt: number, trust: Trust): number {
  const earliest = trust === 'public' ? receivedAt - publicPastMs : 0;
  return Math.min(receivedAt, Math.max(earliest, time));
}

/**
 * When an event counts as having happened: its corrected time within its bounds, with its microseconds unless a bound moved it.
 * `undefined` when the time can't be read, or can't be an event's: before 1970, or more than a day ahead of its arrival.
 */
export function occurrenceOf(
  original: unknown,
  { sentAt, receivedAt, trust }: { readonly sentAt: unknown; readonly receivedAt: number; readonly trust: Trust },
): Occurrence | undefined {
  const time = correctedTime(original, sentAt, receivedAt);
  if (time === undefined || !timeInRange(time, receivedAt)) return undefined;
  const ms = boundedByArrival(time, receivedAt, trust);
  const toldMs = parseTime(original);
  return {
    ms,
    micros: ms === time && ms < receivedAt ? Number(fractionOf(original).padEnd(6, '0').slice(3, 6)) : 0,
    dependsOnArrival: ms !== toldMs,
    toldMs,
  };
}

/** Whether a time can be an interaction's: from 1970 on, and no more than a day ahead of its arrival. */
export function timeInRange(time: number, receivedAt: number): boolean {
  return time >= 0 && time <= receivedAt + dayMs;
}
