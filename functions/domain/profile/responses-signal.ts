import { dayNumberOf } from '#domain/calendar/days.ts';
import {
  addBuckets,
  addToBucket,
  type Buckets,
  copyBuckets,
  dropOldBuckets,
  type ReadonlyBuckets,
} from './calendar-buckets.ts';
import { notAsked, notShown, profileSignal } from './profile-signal.ts';
import { responseName, responseWindow } from './responses.ts';
import { bucketsOf, bucketTuples, storedBuckets } from './stored-forms.ts';

/** Dispositions by day, UTC: see `responsesIn`. */
interface Responses {
  readonly responses: ReadonlyBuckets;
}

interface ResponsesDraft {
  readonly responses: Buckets;
}

export const responsesSignal = profileSignal({
  blank: (): ResponsesDraft => ({ responses: new Map() }),
  copy: ({ responses }: Responses) => ({ responses: copyBuckets(responses) }),
  count: ({ responses }: ResponsesDraft, { interaction, digest, keeping, watermark }) => {
    const name = responseName(interaction);
    if (name === undefined) return;
    const room = keeping.room('responses', responseWindow.names);
    addToBucket(responses, responseWindow, watermark.day, dayNumberOf(digest.at), name, room);
  },
  join: ({ responses }, other) => addBuckets(responses, other.responses),
  forget: ({ responses }, { day }) => dropOldBuckets(responses, responseWindow, day),
  fields: { responses: storedBuckets.default([]) },
  decode: ({ responses }) => ({ responses: bucketsOf(responses) }),
  whenTold: ({ responses }: Responses) => (responses.size === 0 ? {} : { responses: bucketTuples(responses) }),
  ...notShown,
  ...notAsked,
});
