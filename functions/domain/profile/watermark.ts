import { dayNumberOf, monthOf } from '#domain/calendar/days.ts';

/** Month and day, UTC, of the last interaction: windows of buckets end there. */
export interface Watermark {
  readonly month: number;
  readonly day: number;
}

/** The watermark of a time in epoch milliseconds. */
export function watermarkOf(time: number): Watermark {
  return { month: monthOf(time), day: dayNumberOf(time) };
}
