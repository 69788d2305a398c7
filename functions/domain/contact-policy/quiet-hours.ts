import { dayMs } from '#domain/calendar/days.ts';
import { instantOf, wallTime } from '#domain/calendar/zoned-time.ts';
import type { ContactCandidate, ContactFacts, Hold } from './contact-facts.ts';
import type { ContactPolicy, QuietHours } from './contact-policy.ts';
import { clock } from './contact-words.ts';

const minuteMs = 60_000;

/** What quiet hours hold against a candidate now: nothing against inbound, where the customer has come by themselves. */
export function quietHold({ policies, nowMs, zone }: ContactFacts, candidate: ContactCandidate): Hold | undefined {
  const [first] = quietNow(policies, candidate, zone, nowMs);
  if (first === undefined) return undefined;
  const { policyId, hours, untilMs } = first;
  const words = `It is ${clock(wallTime(zone, nowMs))} for the customer, and quiet from ${hours.from} to ${hours.to}`;
  return { reason: 'quiet_hours', policyId, words, untilMs };
}

/** The first instant from one on at which no quiet hours hold a candidate back; infinity stays infinity. */
export function quietEnd(
  policies: readonly ContactPolicy[],
  candidate: ContactCandidate,
  zone: string,
  fromMs: number,
): number {
  let instant = fromMs;
  // Quiet hours that follow on each other at every minute of the day have no end; two days are enough for all others.
  while (Number.isFinite(instant) && instant <= fromMs + 2 * dayMs) {
    const [longest] = quietNow(policies, candidate, zone, instant);
    if (longest === undefined) return instant;
    instant = longest.untilMs;
  }
  return Number.POSITIVE_INFINITY;
}

function quietNow(
  policies: readonly ContactPolicy[],
  { channel, direction, kind }: ContactCandidate,
  zone: string,
  instantMs: number,
) {
  if (direction === 'inbound') return [];
  const held = policies.filter(({ exemptKinds, quietHours }) => quietHours.length > 0 && !exemptKinds.includes(kind));
  if (held.length === 0) return [];
  const wall = wallTime(zone, instantMs);
  return held
    .flatMap(({ policyId, quietHours }) =>
      quietHours.flatMap((hours) => {
        if (hours.channels !== undefined && !hours.channels.some((quiet) => quiet === channel)) return [];
        const end = wallEnd(hours, wall);
        return end === undefined ? [] : [{ policyId, hours, untilMs: instantOf(zone, end, instantMs) }];
      }),
    )
    .sort((a, b) => b.untilMs - a.untilMs);
}

/** When, on the clock, the quiet hours end that a wall time is in; undefined when it is in none. Equal ends are no hours. */
function wallEnd({ from, to }: QuietHours, wall: number): number | undefined {
  const midnight = Math.floor(wall / dayMs) * dayMs;
  const [begin, end, time] = [minutes(from) * minuteMs, minutes(to) * minuteMs, wall - midnight];
  if (begin <= end) return time >= begin && time < end ? midnight + end : undefined;
  if (time >= begin) return midnight + dayMs + end;
  return time < end ? midnight + end : undefined;
}

function minutes(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
