import * as z from 'zod';

/** Why an event that could be read is not valid. The code is an API: senders, analysts and `npm run recover` select by it. */
export const rejectionReasons = [
  'malformed_event',
  'unknown_type',
  'missing_field',
  'reserved_name',
  'missing_identity',
  'invalid_field',
  'invalid_timestamp',
  'timestamp_out_of_range',
  'invalid_amount',
  'invalid_currency',
  'event_too_large',
  'event_too_deep',
  'too_many_traits',
  'too_many_consents',
] as const;
export type RejectionReason = (typeof rejectionReasons)[number];

/** What is wrong with an event: a reason code, the dotted path of the fault (empty for the whole event) and plain words. */
export interface EventFault {
  readonly reason: RejectionReason;
  readonly path: string;
  readonly detail: string;
}

/** A refused event, or several alike of one request, on its way to the lake; `payload` is a part of the sealed originals, one a line. */
export const Rejection = z.object({
  rejectionId: z.string(),
  receivedAt: z.iso.datetime(),
  reason: z.enum(rejectionReasons),
  path: z.string(),
  detail: z.string(),
  type: z.string().nullable(),
  messageId: z.string().nullable(),
  /** Absent in what was refused before several were told together. */
  events: z.int().min(1).default(1),
  payload: z.string(),
  payloadPart: z.int().min(1),
  payloadParts: z.int().min(1),
});
export type Rejection = z.infer<typeof Rejection>;
