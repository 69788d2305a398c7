import { microsecondsOf } from '#domain/interaction/sequence.ts';

/** When something was said by the order of events, and when the saying arrived: the first is bounded by the second. */
export interface Moment {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Its microseconds within them and its place in the request: see `sequenceOf`. */
  readonly sequence: number;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
}

/**
 * Orders moments by when it was said; of what was said at once, what arrived first was said first, and of what arrived at once what
 * stands first in its request. A place alone says nothing across two requests, and SDKs cut what is said at once into two.
 */
export function byMoment(a: Moment, b: Moment): number {
  return byTime(a, b) || a.receivedAt - b.receivedAt || a.sequence - b.sequence;
}

/** Whether a yes is later than a no: said after it, and not known before it. A clock can bend one of the two, not both. */
export function isLater(yes: Moment, no: Moment): boolean {
  return byMoment(yes, no) > 0 && yes.receivedAt >= no.receivedAt;
}

/** Whether a moment is as late as another one in each respect: as `latestOf` of the two is. */
export function isAsLate(a: Moment, b: Moment): boolean {
  return byPlace(a, b) >= 0 && a.receivedAt >= b.receivedAt;
}

/**
 * The moment that is as late as both in each respect: a yes that is later than it is later than both, and the other way about but
 * for a yes that arrived together with one of them and was said at once with both.
 */
export function latestOf(a: Moment, b: Moment): Moment {
  const later = byPlace(a, b) >= 0 ? a : b;
  return { at: later.at, sequence: later.sequence, receivedAt: Math.max(a.receivedAt, b.receivedAt) };
}

/**
 * The one of two moments that was said last. Of what was said at once the first arrival counts: to say a yes again as it was does
 * not make it younger than a no that arrived meanwhile.
 */
export function lastSaid(a: Moment, b: Moment): Moment {
  const order = byTime(a, b) || b.receivedAt - a.receivedAt || a.sequence - b.sequence;
  return order >= 0 ? a : b;
}

function byTime(a: Moment, b: Moment): number {
  return a.at - b.at || microsecondsOf(a.sequence) - microsecondsOf(b.sequence);
}

/** By when it was said and the place in the request, whichever that was: each respect of `latestOf` has to be an order of its own. */
function byPlace(a: Moment, b: Moment): number {
  return a.at - b.at || a.sequence - b.sequence;
}
