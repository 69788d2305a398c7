import { dayMs } from '#domain/calendar/days.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Who came to us answers while there; whom we went to looks again in the evening. No offer's goal has less than a day. */
const horizonMs = { inbound: hourMs, outbound: dayMs } as const;

/** Answers fall due at quarters of an hour, which is how often somebody looks. */
export const dueStepMinutes = 15;

/** An offer's goal can be met for 30 days. What is seen of older decisions is a repeat, and those who learned it forget it soon. */
const oldestMs = 31 * dayMs;

/** What is known of a treatment that a customer has seen and not yet answered; times in epoch milliseconds. */
export interface SeenTreatment {
  readonly direction: string;
  readonly decidedMs: number;
  readonly seenMs: number;
}

/**
 * When a treatment that was seen counts as ignored unless it is answered until then: after the horizon of its direction, and not
 * before now. Undefined when it is too old to be learned.
 */
export function answerDueMs({ direction, decidedMs, seenMs }: SeenTreatment, nowMs: number): number | undefined {
  if (nowMs - decidedMs > oldestMs) return undefined;
  const dueMs = seenMs + (direction === 'outbound' ? horizonMs.outbound : horizonMs.inbound);
  const stepMs = dueStepMinutes * minuteMs;
  return Math.ceil(Math.max(dueMs, nowMs) / stepMs) * stepMs;
}
