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
import { bucketsOf, bucketTuples, storedBuckets } from './stored-forms.ts';

/** Track events by day, UTC, and name. */
interface Events {
  readonly events: ReadonlyBuckets;
}

interface EventsDraft {
  readonly events: Buckets;
}

/** Track events of the last days by name. */
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
  inRules: ({ events }): EventsInRules => ({ events: countsByName(events) }),
  ...notShown,
});
