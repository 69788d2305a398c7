import { dayMs } from '#domain/calendar/days.ts';
/** Decisions by hour of the day, UTC: 24 counts. */
export type ArrivalCurve = readonly number[];

const hourMs = 3_600_000;
const hours = 24;
/** Of the weight of the mean hour: no hour is taken for dead because one day had nobody in it. */
const floorShare = 0.05;

/** Equal hours: what is expected while nothing is known. */
export const flatCurve: ArrivalCurve = Array.from({ length: hours }, () => 1);

/**
 * The share of a period's decisions that is expected to be over at an instant, 0 to 1, when every day goes by the curve. What
 * spends evenly over decisions, not over the clock, buys at one price all day: at night as dear as at noon.
 */
export function expectedShare(curve: ArrivalCurve, startMs: number, endMs: number, nowMs: number): number {
  const now = Math.min(endMs, Math.max(startMs, nowMs));
  // Counted from the day of the start: from 1970 on the sums would be too large to be exact.
  const fromMs = Math.floor(startMs / dayMs) * dayMs;
  const [start, end, over] = [startMs, endMs, now].map((instant) => weightBefore(curve, instant - fromMs));
  if (start === undefined || end === undefined || over === undefined || end <= start) return 1;
  return (over - start) / (end - start);
}

/** Weight of all hours between a midnight and an instant, so many milliseconds after it. */
function weightBefore(curve: ArrivalCurve, instantMs: number): number {
  const before = weightsBefore(curve);
  const day = before[hours] ?? 0;
  const wholeHours = Math.floor(instantMs / hourMs);
  const hour = wholeHours % hours;
  const [start = 0, end = 0] = [before[hour], before[hour + 1]];
  return Math.floor(wholeHours / hours) * day + start + (instantMs / hourMs - wholeHours) * (end - start);
}

// Asked for by every budget of every decision.
const known = new WeakMap<ArrivalCurve, readonly number[]>();

/** Weight of a day before each hour of it, and of all of it. */
function weightsBefore(curve: ArrivalCurve): readonly number[] {
  const found = known.get(curve);
  if (found) return found;
  const total = curve.reduce((sum, count) => sum + count, 0);
  const floor = (Math.max(total, 1) / hours) * floorShare;
  const before = [0];
  for (const count of curve) before.push((before.at(-1) ?? 0) + count + floor);
  known.set(curve, before);
  return before;
}
