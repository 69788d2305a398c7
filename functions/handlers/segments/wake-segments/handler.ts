import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { v7 as uuidv7 } from 'uuid';
import * as z from 'zod';
import { dynamoDueMemberships } from '#adapters/customers-table/dynamo-due-memberships.ts';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import { busEntry } from '#contracts/bus/bus-event.ts';
import { dayMs } from '#domain/calendar/days.ts';
import type { Bus } from '#ports/bus.ts';
import type { DueMemberships } from '#ports/due-memberships.ts';
import { chunksOf } from '#runtime/chunks-of.ts';
import { environment } from '#runtime/environment.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { parseJson } from '#runtime/parse.ts';
import { QueueEvent } from '#runtime/queue.ts';

const ScheduledEvent = z.object({ time: z.iso.datetime() });

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
export function makeHandler({ due, bus, now, newId }: WakeDeps) {
  return async ({ Records }: QueueEvent): Promise<void> => {
    // The schedule says which midnight is meant: this machine's clock may lag behind it.
    const times = Records.map(({ body }) => Date.parse(parseJson(ScheduledEvent, body, 'A scheduled event').time));
    for (const midnight of midnightsBefore(times)) {
      await due.wakeAll(midnight, async (customerIds) => {
        const dueAt = new Date(midnight).toISOString();
        const occurredAt = new Date(now()).toISOString();
        await bus.publish(
          chunksOf(customerIds, mostAnEvent).map((run) =>
            busEntry('SegmentsDue', { id: newId(), occurredAt, schemaVersion: 1, dueAt, customerIds: run }),
          ),
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

export const handler = withRuntime('wake-segments', QueueEvent, () => {
  const { CUSTOMERS_TABLE, BUS_NAME } = environment('CUSTOMERS_TABLE', 'BUS_NAME');
  return makeHandler({
    due: dynamoDueMemberships(new DynamoDBClient({}), CUSTOMERS_TABLE),
    bus: eventBridgeBus(new EventBridgeClient({}), BUS_NAME),
    now: Date.now,
    newId: uuidv7,
  });
});
