import * as z from 'zod';
import { JsonObject } from '#domain/text/json-object.ts';
import { largestSequence } from './sequence.ts';
import { Standing } from './standing.ts';

/** The six calls of the Segment spec (https://segment.com/docs/connections/spec/). */
export const interactionTypes = ['track', 'identify', 'page', 'screen', 'group', 'alias'] as const;
export type InteractionType = (typeof interactionTypes)[number];

/** An identifier past the door: its type and keyed hash as `type:hash`, and the value itself unless its type is personal. */
export const KeyedIdentifier = z.object({ key: z.string(), value: z.string().optional() });
export type KeyedIdentifier = z.infer<typeof KeyedIdentifier>;

const isoTime = z.iso.datetime({ precision: 3 });

/**
 * One event from a touchpoint after the door: validated, merged with its batch, clock-corrected.
 * It is the unit of the bus, the lake and the profile. Times are ISO 8601 UTC with milliseconds.
 */
export const Interaction = z.object({
  messageId: z.string(),
  type: z.enum(interactionTypes),
  /** When it happened by the server's clock: the Segment `timestamp` after skew correction, never newer than its arrival. */
  occurredAt: isoTime,
  receivedAt: isoTime,
  /** The timestamp as it was told, where that is of another day (UTC) than `occurredAt`: a resend of the same bytes has it too. */
  toldAt: isoTime.optional(),
  /** Its place among interactions of the same millisecond (`sequenceOf`); absent is 0. */
  sequence: z.int().min(0).max(largestSequence).optional(),
  touchpoint: z.string(),
  /** Absent in what the firm's own functions make, which is trusted. */
  standing: Standing.optional(),
  userId: z.string().optional(),
  anonymousId: z.string().optional(),
  groupId: z.string().optional(),
  previousId: z.string().optional(),
  /** Name of a track event. */
  event: z.string().optional(),
  /** Name of a page or screen. */
  name: z.string().optional(),
  channel: z.string().optional(),
  /** Keyed hashes of the identifiers above: the form in which they leave the operational path. */
  userKey: z.string().optional(),
  anonymousKey: z.string().optional(),
  groupKey: z.string().optional(),
  previousKey: z.string().optional(),
  /** ISO 4217: what money is in that names no currency, the stage's when it arrived. Where money names one it may be absent or that one. */
  usualCurrency: z.string().optional(),
  /** All identifiers of people that it carries, as keyed hashes, the primary one first: it belongs to that one's persona. */
  identifiers: z.array(KeyedIdentifier).optional(),
  properties: JsonObject,
  /** Traits of identify and group, and `context.traits` of the other calls. */
  traits: JsonObject,
  context: JsonObject,
});
export type Interaction = z.infer<typeof Interaction>;
