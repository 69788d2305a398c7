import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { jsonFile } from './json-file.ts';
import type { Clock } from './service.ts';

/** Time that runs at the usual pace from a point that can be moved; worker threads read the same offset. */
export interface MovableClock extends Clock {
  /** One double: milliseconds to add to the machine's own time. */
  readonly offset: SharedArrayBuffer;
  set(nowMs: number): void;
}

const saved = z.object({ offsetMs: z.number() });

/**
 * A clock that shows `startMs` now; without it the clock goes on where the last one in this folder would be, or with the
 * machine's time.
 */
export function openClock(stateDirectory: string, startMs?: number): MovableClock {
  const file = jsonFile(join(stateDirectory, 'clock.json'), saved);
  const offset = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const cell = new Float64Array(offset);
  const set = (nowMs: number): void => {
    cell[0] = Math.round(nowMs) - Date.now();
    file.write({ offsetMs: cell[0] });
  };
  // Keys and customers' data are in it.
  mkdirSync(stateDirectory, { recursive: true, mode: 0o700 });
  if (startMs !== undefined) set(startMs);
  else cell[0] = file.read()?.offsetMs ?? 0;
  return { offset, set, now: () => Date.now() + (cell[0] ?? 0) };
}

/** Milliseconds of a day of UTC. */
export const dayMs = 86_400_000;
const unitMs = { D: dayMs, H: 3_600_000, M: 60_000, S: 1_000 } as const;

/** Milliseconds of an ISO 8601 duration of days, hours, minutes and seconds (`P1DT2H`), or undefined. */
export function durationMs(iso: string): number | undefined {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(iso);
  if (!match || iso === 'P' || iso.endsWith('T')) return undefined;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  return Number(days) * unitMs.D + Number(hours) * unitMs.H + Number(minutes) * unitMs.M + Number(seconds) * unitMs.S;
}
