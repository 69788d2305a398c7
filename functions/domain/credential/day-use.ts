import { dayMs } from '#domain/calendar/days.ts';
/** What one function knows of how much of a day's quota is used. */
export interface DayUse {
  /** Days are UTC's. */
  readonly day: string;
  /** Events of all functions, as the store last said. */
  readonly told: number;
  /** Events that this function has let through since. */
  readonly untold: number;
  readonly toldAtMs: number;
}

/** A function tells the store after a hundredth of the quota, or a minute. */
const slices = 100;
const freshMs = 60_000;

/** The UTC day of an instant. */
export function dayOf(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 10);
}

/** Seconds until the next UTC day, at least one. */
export function secondsLeftOfDay(nowMs: number): number {
  return Math.ceil((dayMs - (nowMs % dayMs)) / 1000);
}

/** Whether a request's events fit into what is left. One that is larger than the quota itself passes when nothing is used yet. */
export function fitsQuota({ told, untold }: DayUse, events: number, eventsPerDay: number): boolean {
  const used = told + untold;
  return used + events <= eventsPerDay || used === 0;
}

/**
 * Whether the store is to be told, and asked. Since it is, a function goes on for no more than a slice and a request after others have
 * used the quota up: N functions pass it by N × (a hundredth + the largest request) at most.
 */
export function isDue({ untold, toldAtMs }: DayUse, eventsPerDay: number, nowMs: number): boolean {
  return untold * slices >= eventsPerDay || (untold > 0 && nowMs - toldAtMs >= freshMs);
}
