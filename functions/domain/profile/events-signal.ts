import { dayNumberOf } from '#domain/calendar/days.ts';
import { withoutAddresses } from '#domain/privacy/personal-data.ts';
import { boundedName } from '#domain/text/bounded-name.ts';
import { eventWindow } from './activity.ts';
import {
  addBuckets,
  addToBucket,
  type Buckets,
  copyBuckets,
  dropOldBuckets,
  type ReadonlyBuckets,
} from './calendar-buckets.ts';
import { countsByName, type DayCount } from './counts-by-name.ts';
import { notShown, profileSignal } from './profile-signal.ts';
import { type Money, ordersByDay } from './purchases.ts';
import type { Seen } from './seen-signal.ts';
import { bucketsOf, bucketTuples, storedBuckets } from './stored-forms.ts';

/** Track events by day, UTC, and name. */
interface Events {
  readonly events: ReadonlyBuckets;
}

interface EventsDraft {
  readonly events: Buckets;
}

/** Track events of the last days by name; of `Order Completed` the orders, each once, whoever tells it and however often. */
interface EventsInRules {
  readonly events: ReadonlyMap<string, readonly DayCount[]>;
}

export const eventsSignal = profileSignal({
  blank: (): EventsDraft => ({ events: new Map() }),
  copy: ({ events }: Events) => ({ events: copyBuckets(events) }),
  count: ({ events }: EventsDraft, { interaction: { type, event }, digest, keeping, watermark }) => {
    if (type !== 'track' || event === undefined) return;
    const room = keeping.room('events', eventWindow.names);
    const name = boundedName(withoutAddresses(event));
    addToBucket(events, eventWindow, watermark.day, dayNumberOf(digest.at), name, room);
  },
  join: ({ events }, other) => addBuckets(events, other.events),
  forget: ({ events }, { day }) => dropOldBuckets(events, eventWindow, day),
  fields: { events: storedBuckets.default([]) },
  decode: ({ events }) => ({ events: bucketsOf(events) }),
  whenTold: ({ events }: Events) => (events.size === 0 ? {} : { events: bucketTuples(events) }),
  inRules: (state: Events & Money & Seen): EventsInRules => {
    const events = countsByName(state.events);
    events.delete(orderEvent);
    const orders = [...ordersByDay(state)].map(([day, count]) => ({ day, count }));
    return { events: orders.length === 0 ? events : events.set(orderEvent, orders) };
  },
  ...notShown,
});

const orderEvent = 'Order Completed';
