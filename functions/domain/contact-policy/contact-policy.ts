import * as z from 'zod';
import { responseWindow } from '#domain/profile/responses.ts';
import { Channel, Direction } from '#domain/vocabulary/channel.ts';
import { Disposition } from '#domain/vocabulary/disposition.ts';
import { ItemId, ItemName } from '#domain/vocabulary/item-id.ts';
import { OfferKind } from '#domain/vocabulary/offer-kind.ts';

const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Expected a time of day such as 21:00');
const Days = z.int().min(1).max(366);

/** A rolling cap: at most `most` contacts in any `windowDays` days. */
export const ContactCap = z
  .strictObject({
    per: z
      .enum(['total', 'channel', 'group', 'offer', 'treatment', 'address'])
      .describe('What is counted together; an address of all customers who have it, when a message is sent to it'),
    name: ItemId.describe('The one channel, group, offer or treatment that it is about; absent is each').optional(),
    most: z.int().min(0).max(1000).describe('Contacts allowed in the window'),
    windowDays: Days.describe('Length of the rolling window'),
    directions: z
      .array(Direction)
      .min(1)
      .describe('Directions that count and are held back; absent is both')
      .optional(),
  })
  // A name of nothing would make a cap that never holds: what it names is looked up in the catalogue, channels at the stage.
  .refine(({ per, name }) => per !== 'total' || name === undefined, {
    path: ['name'],
    message: 'A cap on the total is about all: it has no name',
  })
  .refine(({ per, name }) => per !== 'address' || name === undefined, {
    path: ['name'],
    message: 'A cap per address is about each: policies name none',
  });
export type ContactCap = z.infer<typeof ContactCap>;

/** A rest after an outcome: `times` times the disposition within `withinDays` days is followed by `restDays` days of rest. */
export const ContactRest = z
  .strictObject({
    after: Disposition.describe('The outcome'),
    times: z.int().min(1).max(100).default(1).describe('How often it must have happened'),
    withinDays: Days.describe('In which time it must have happened so often'),
    restDays: Days.describe('How long nothing is presented then'),
    scope: z.enum(['offer', 'treatment', 'group', 'channel', 'total']).describe('What rests'),
  })
  // A rest is seen from the responses that a profile keeps.
  .refine(({ withinDays, restDays }) => withinDays + restDays <= responseWindow.buckets, {
    path: ['restDays'],
    message: `Expected withinDays and restDays of at most ${responseWindow.buckets} days together.`,
  });
export type ContactRest = z.infer<typeof ContactRest>;

/** Hours of the day, in the customer's own time zone, in which nobody is contacted. */
export const QuietHours = z.strictObject({
  from: ClockTime.describe('First minute of quiet'),
  to: ClockTime.describe('First minute after it; before "from" means the next day'),
  channels: z.array(Channel).min(1).describe('Channels that are quiet; absent is every outbound one').optional(),
});
export type QuietHours = z.infer<typeof QuietHours>;

/** How often, when and after what outcomes customers may be contacted. All policies hold at once. */
export const ContactPolicy = z.strictObject({
  policyId: ItemId.describe('The id, as in the path'),
  name: ItemName.describe('What people call it').optional(),
  caps: z.array(ContactCap).max(50).default([]).describe('Rolling caps'),
  rests: z.array(ContactRest).max(50).default([]).describe('Rests after outcomes'),
  quietHours: z.array(QuietHours).max(20).default([]).describe('Hours without contacts'),
  exemptKinds: z
    .array(OfferKind)
    .default(['transactional', 'mandatory'])
    .describe('Kinds of offers that this policy does not hold back'),
});
export type ContactPolicy = z.infer<typeof ContactPolicy>;
