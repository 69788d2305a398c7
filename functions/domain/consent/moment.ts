import { microsecondsOf } from '#domain/interaction/sequence.ts';

/** When something was said by the order of events, and when the saying arrived: the first is bounded by the second. */
export interface Moment {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Its place among what was said in the same millisecond: see `sequenceOf`. */
  readonly sequence: number;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
}

/** Orders moments by when it was said. */
export function byOccurrence(a: Moment, b: Moment): number {
  return a.at - b.at || a.sequence - b.sequence;
}

/** Whether a yes is later than a no: said after it, and not known before it. A clock can bend one of the two, not both. */
export function isLater(yes: Moment, no: Moment): boolean {
  return byOccurrence(yes, no) > 0 && yes.receivedAt >= no.receivedAt;
}

/** The moment that is as late as both in each respect: a yes is later than it exactly when it is later than both. */
export function latestOf(a: Moment, b: Moment): Moment {
  const later = byOccurrence(a, b) >= 0 ? a : b;
  return { at: later.at, sequence: later.sequence, receivedAt: Math.max(a.receivedAt, b.receivedAt) };
}

/**
 * The one of two moments that was said last. Of one moment the first arrival counts: to say a yes again as it was does not make it
 * younger than a no that arrived meanwhile.
 */
export function lastSaid(a: Moment, b: Moment): Moment {
  const [later, other] = byOccurrence(a, b) >= 0 ? [a, b] : [b, a];
  const isSame = later.at === other.at && microsecondsOf(later.sequence) === microsecondsOf(other.sequence);
  return isSame ? { ...later, receivedAt: Math.min(a.receivedAt, b.receivedAt) } : later;
}
