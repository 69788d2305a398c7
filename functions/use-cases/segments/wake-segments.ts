import { busEntry } from '#contracts/bus/bus-event.ts';
import { dayMs } from '#domain/calendar/days.ts';
import type { Bus } from '#ports/bus.ts';
import type { DueMemberships } from '#ports/due-memberships.ts';
import { chunksOf } from '#runtime/chunks-of.ts';

/** Midnights that are looked at for a time: the last one, and two before it for what failed. */
const midnightsATime = 3;
/** More customers would fit an event; so many keep whoever refreshes them within its time. */
const mostAnEvent = 100;

export interface WakeDeps {
  readonly due: DueMemberships;
  readonly bus: Bus;
  readonly now: () => number;
  readonly newId: () => string;
}

/**
 * Tells the bus which customers' segments time has changed since the last midnight, UTC: only then rules see another day. Who was
 * told is forgotten after it, so that a second run finds only what the first did not get to; telling twice does no harm.
 */
export function wakeSegments({ due, bus, now, newId }: WakeDeps) {
  return async (times: readonly number[]): Promise<void> => {
    for (const midnight of midnightsBefore(times)) {
      await due.wakeAll(midnight, async (customerIds) => {
        const dueAt = new Date(midnight).toISOString();
        const stamp = { newId, occurredAt: new Date(now()).toISOString() };
        await bus.publish(
          chunksOf(customerIds, mostAnEvent).map((run) => busEntry('SegmentsDue', stamp, { dueAt, customerIds: run })),
        );
      });
    }
  };
}

function midnightsBefore(times: readonly number[]): Set<number> {
  const midnights = times.flatMap((time) =>
    Array.from({ length: midnightsATime }, (_, back) => (Math.floor(time / dayMs) - back) * dayMs),
  );
  return new Set(midnights.sort((a, b) => b - a));
}
