import { dayMs } from '#domain/calendar/days.ts';

/**
 * Sights of two identifiers together are told apart by periods of so many days: a cluster is written once a period for whoever is
 * there every day, and the order in which the sights of a period arrive has no say.
 */
export const sightPeriodDays = 30;

const periodMs = sightPeriodDays * dayMs;

/** The number of the period, counted from 1970, of a time in epoch milliseconds. */
export function sightPeriod(ms: number): number {
  return Math.floor(ms / periodMs);
}
