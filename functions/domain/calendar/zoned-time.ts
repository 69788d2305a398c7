import { dayMs } from './days.ts';
/**
 * The wall clock of an IANA time zone at an instant, as the epoch milliseconds that the same clock reading has in UTC: so
 * that arithmetic on it is arithmetic on the clock. Whole seconds.
 */
export function wallTime(zone: string, instantMs: number): number {
  const fields = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of clockOf(zone).formatToParts(instantMs)) {
    if (type in fields) Object.assign(fields, { [type]: Number(value) });
  }
  return Date.UTC(fields.year, fields.month - 1, fields.day, fields.hour, fields.minute, fields.second);
}

/**
 * The first instant, not before `fromMs`, at which the zone's clock shows a wall time or, where the clock is put forward past
 * it, the instant at which it is put forward. Assumes one change of the clock in two days at most.
 */
export function instantOf(zone: string, wallMs: number, fromMs = Number.NEGATIVE_INFINITY): number {
  const before = offset(zone, wallMs - dayMs);
  const after = offset(zone, wallMs + dayMs);
  const readings = [wallMs - before, wallMs - after].filter((instant) => wallTime(zone, instant) === wallMs);
  const next = Math.min(...readings.filter((instant) => instant >= fromMs));
  if (Number.isFinite(next)) return next;
  const last = readings.at(-1);
  return last ?? changeBetween(zone, wallMs - Math.max(before, after), wallMs - Math.min(before, after));
}

/** Whether this machine knows a time zone by that name. */
export function isZone(zone: string): boolean {
  try {
    return clockOf(zone) !== undefined;
  } catch {
    return false;
  }
}

const secondMs = 1000;

// Making a formatter takes fifty times as long as using it. Names come from outside, in upper and lower case: so they are bounded.
const clocks = new Map<string, Intl.DateTimeFormat>();
const mostClocks = 500;

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  if (clocks.size >= mostClocks) clocks.clear();
  clocks.set(zone, clock);
  return clock;
}

function offset(zone: string, instantMs: number): number {
  const whole = Math.floor(instantMs / secondMs) * secondMs;
  return wallTime(zone, whole) - whole;
}

/** The instant between two at which the zone's offset becomes what it is at the later one. */
function changeBetween(zone: string, fromMs: number, untilMs: number): number {
  const target = offset(zone, untilMs);
  let [low, high] = [fromMs, untilMs];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(zone, middle) === target) high = middle;
    else low = middle;
  }
  return high;
}
