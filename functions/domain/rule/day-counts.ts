import type { DayCount } from '#domain/profile/counts-by-name.ts';

/** What was counted on a day and since. */
export function countFrom(counts: readonly DayCount[] | undefined, first: number): number {
  let total = 0;
  if (counts !== undefined) for (const { day, count } of counts) if (day >= first) total += count;
  return total;
}

/** The days on which what was counted leaves a window of so many days: a day leaves it that many days later. */
export function leavingDays(counts: readonly DayCount[] = [], days: number): number[] {
  return counts.map(({ day }) => day + days);
}
