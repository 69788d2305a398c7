/** Room for events at a moment. In thousandths, so that a whole rate fills it by whole numbers each millisecond; below zero it is in debt. */
export interface TokenBucket {
  readonly thousandths: number;
  readonly atMs: number;
}

export type Taken =
  | { readonly kind: 'taken'; readonly bucket: TokenBucket }
  | { readonly kind: 'empty'; readonly retryAfterSeconds: number };

/** A bucket holds what comes in so many seconds. */
export const burstSeconds = 5;

/**
 * Takes the events of one request from a bucket that fills evenly; from a full one where there is none yet. A request that is larger
 * than the bucket passes when it is full and leaves a debt, or it would never pass. So in any time no more pass than rate × time + the
 * bucket's size, or + the largest request's where that is more. A clock that goes back fills nothing.
 */
export function takeEvents(
  bucket: TokenBucket | undefined,
  events: number,
  eventsPerSecond: number,
  nowMs: number,
): Taken {
  const size = eventsPerSecond * burstSeconds * 1000;
  const { thousandths, atMs } = bucket ?? { thousandths: size, atMs: nowMs };
  const left = Math.min(size, thousandths + Math.max(0, nowMs - atMs) * eventsPerSecond);
  const needed = Math.min(events * 1000, size);
  if (left >= needed)
    return { kind: 'taken', bucket: { thousandths: left - events * 1000, atMs: Math.max(atMs, nowMs) } };
  return { kind: 'empty', retryAfterSeconds: Math.ceil((needed - left) / (eventsPerSecond * 1000)) };
}
