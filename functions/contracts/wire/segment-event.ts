import * as z from 'zod';
import { interactionTypes } from '#domain/interaction/interaction.ts';
import { parseTime } from '#domain/interaction/occurred-at.ts';
import type { EventFault, RejectionReason } from './rejection.ts';

/** Longest ids and names that an event may carry, in UTF-16 code units. */
const longest = { id: 255, messageId: 128, name: 512, channel: 64 };

const text = (most: number, number: z.ZodType<number> = z.number()) =>
  z
    .union([z.string().max(most), number.transform(String)])
    .transform((value) => (value.trim() === '' ? undefined : value))
    .nullish();
/** A fraction is no id: its digits can be lost, and two that differ become one. Whole numbers keep theirs (see `exactJson`). */
const id = (description: string, most = longest.id) => text(most, z.int()).describe(description);
const object = (description: string) => z.record(z.string(), z.unknown()).nullish().describe(description);
const time = (description: string) =>
  z
    .string()
    .refine((value) => parseTime(value) !== undefined)
    .nullish()
    .meta({ description, format: 'date-time' });

/**
 * One event in the Segment spec's wire format (https://segment.com/docs/connections/spec/common/). Unknown fields pass;
 * null counts as absent; a whole number is taken for an id.
 */
export const SegmentEvent = z.looseObject({
  type: z.enum(interactionTypes),
  messageId: id('Makes a resend harmless; a message without one is new each time', longest.messageId),
  userId: id('The customer’s id in your database; this, anonymousId or another identifier is needed'),
  anonymousId: id('Stands in for the customer before you know who it is'),
  groupId: id('The account of a group call'),
  previousId: id('The id that an alias call gives up'),
  event: text(longest.name).describe('Name of a track event, for example Order Completed'),
  name: text(longest.name).describe('Name of a page or screen'),
  category: text(longest.name).describe('Category of a page or screen'),
  channel: text(longest.channel).describe('browser, mobile, server …'),
  timestamp: time('When it happened, ISO 8601; the arrival when absent'),
  originalTimestamp: time('As timestamp; some SDKs name it so'),
  properties: object('What happened, in the ecommerce v2 vocabulary where it fits'),
  traits: object('What is known of the customer, in the reserved traits where they fit'),
  context: object('Where it happened: page, campaign, device …'),
});
export type SegmentEvent = z.output<typeof SegmentEvent>;

const reasonsByField: Readonly<Record<string, RejectionReason>> = {
  timestamp: 'invalid_timestamp',
  originalTimestamp: 'invalid_timestamp',
};

/** The fault that the first issue of a failed parse means, `type` before all others. Values never show. */
export function faultOfEvent(event: unknown, error: z.ZodError): EventFault {
  const issue = error.issues.find(({ path }) => path[0] === 'type') ?? error.issues[0];
  const path = issue?.path.join('.') ?? '';
  const field = String(issue?.path[0] ?? '');
  if (field === '') return { reason: 'malformed_event', path: '', detail: 'An event must be a JSON object.' };
  if (field === 'type') {
    const isAbsent = typeof event !== 'object' || event === null || Reflect.get(event, 'type') == null;
    const detail = `Expected one of ${interactionTypes.join(', ')}.`;
    return { reason: isAbsent ? 'missing_field' : 'unknown_type', path, detail };
  }
  const reason = reasonsByField[field] ?? 'invalid_field';
  return { reason, path, detail: expectation(reason, field) };
}

function expectation(reason: RejectionReason, field: string): string {
  if (reason === 'invalid_timestamp') return 'Expected an ISO 8601 time, for example 2026-01-31T12:00:00.000Z.';
  if (field === 'properties' || field === 'traits' || field === 'context') return 'Expected a JSON object.';
  const most = field === 'messageId' ? longest.messageId : field === 'channel' ? longest.channel : undefined;
  const named = ['event', 'name', 'category'].includes(field) ? longest.name : longest.id;
  return `Expected a text of at most ${most ?? named} characters, or a whole number.`;
}
