import { dayMs } from '#domain/calendar/days.ts';
import { instantOf } from '#domain/calendar/zoned-time.ts';
import type { CampaignSchedule } from './campaign-schedule.ts';

const hourMs = 3_600_000;
/** Clocks show a time up to 14 hours before UTC does (Kiribati), and up to 12 hours after. */
const earliestClockMs = 14 * hourMs;

/** The times of a schedule between two, the second excluded, as readings of its clock: `2026-03-29T02:30`. */
export function occurrences({ at, every, until }: CampaignSchedule, fromWallMs: number, untilWallMs: number): string[] {
  const first = wallOf(at);
  const last = Math.min(until === undefined ? Number.POSITIVE_INFINITY : wallOf(until), untilWallMs - 1);
  if (every === 'once') return first >= fromWallMs && first <= last ? [at] : [];
  const found: string[] = [];
  if (every === 'month') {
    for (let month = 0; ; month++) {
      const wall = monthsLater(first, month);
      if (wall === undefined) continue;
      if (wall > last) return found;
      if (wall >= fromWallMs) found.push(textOf(wall));
    }
  }
  const stepMs = every === 'day' ? dayMs : 7 * dayMs;
  const skipped = Math.max(0, Math.ceil((fromWallMs - first) / stepMs));
  for (let wall = first + skipped * stepMs; wall <= last; wall += stepMs) found.push(textOf(wall));
  return found;
}

/** When a customer is sent to at a reading of a clock: where it shows it twice the first time, where it never does when it is put forward. */
export function instantAt(wall: string, zone: string): number {
  return instantOf(zone, wallOf(wall));
}

/** When the first customer of all is sent to. */
export function firstInstantOf(wall: string, clock: CampaignSchedule['clock'], firmZone: string): number {
  return clock === 'firm' ? instantAt(wall, firmZone) : wallOf(wall) - earliestClockMs;
}

/** A reading of a clock as the epoch milliseconds that it has in UTC. */
export const wallOf = (wall: string) => Date.parse(`${wall}:00Z`);
const textOf = (wallMs: number) => new Date(wallMs).toISOString().slice(0, 16);

/** The same day and time some months later; undefined where the month has no such day. */
function monthsLater(wallMs: number, months: number): number | undefined {
  const date = new Date(wallMs);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  date.setUTCDate(day);
  return date.getUTCDate() === day ? date.getTime() : undefined;
}
