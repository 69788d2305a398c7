/** More places than a request has. */
const mostPlaces = 20_000;

/** The largest sequence: that of the last place in the last microsecond. */
export const largestSequence = 1000 * mostPlaces - 1;

/**
 * What orders the interactions of one millisecond, as one integer: microseconds where the sender told them, then the place in
 * the request, for SDKs stamp milliseconds and two calls in a row have the same. Between the two comes the arrival, for a place says
 * nothing across requests; the message id breaks the ties that remain.
 */
export function sequenceOf(micros: number, place: number): number {
  return micros * mostPlaces + Math.min(place, mostPlaces - 1);
}

/** The microseconds within the millisecond that a sequence holds. */
export function microsecondsOf(sequence: number): number {
  return Math.floor(sequence / mostPlaces);
}
