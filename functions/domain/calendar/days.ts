/** Milliseconds of a day of UTC, which has no leap seconds in JavaScript. */
export const dayMs = 86_400_000;

/** The calendar month, UTC, of a time in epoch milliseconds: months since the year 0. */
export function monthOf(time: number): number {
  const date = new Date(time);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** The day, UTC, of a time in epoch milliseconds: days since 1970-01-01. */
export function dayNumberOf(time: number): number {
  return Math.floor(time / dayMs);
}

/** Days that counts by day reach back: from `dayNumberOf(now) - days + 1` to today. */
export function firstDayOf(days: number, nowMs: number): number {
  return dayNumberOf(nowMs) - days + 1;
}
