import type { Retrier } from '#local-cloud/services/step-functions/language/state.ts';

/** Milliseconds before a state is tried again that its retrier was used for `used` times already; `draw` is in [0, 1). */
export function retryDelayMs(retrier: Omit<Retrier, 'ErrorEquals'>, used: number, draw = Math.random()): number {
  const { IntervalSeconds, BackoffRate, MaxDelaySeconds = Number.POSITIVE_INFINITY, JitterStrategy } = retrier;
  const seconds = Math.min(IntervalSeconds * BackoffRate ** used, MaxDelaySeconds);
  return Math.round(seconds * 1000 * (JitterStrategy === 'FULL' ? draw : 1));
}
