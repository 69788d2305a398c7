import * as z from 'zod';

const time = z.iso.datetime({ offset: true });
const recipients = z.array(z.object({ emailAddress: z.string() }));
const reader = { timestamp: time, userAgent: z.string().default(''), ipAddress: z.string().optional() };

/**
 * What SES tells of a mail (https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html), as far as it is read. On
 * EventBridge it is the detail of an event of `aws.ses`.
 */
export const SesEvent = z.object({
  eventType: z.string(),
  mail: z.object({
    messageId: z.string(),
    timestamp: time,
    destination: z.array(z.string()).default([]),
    tags: z.record(z.string(), z.array(z.string())).default({}),
  }),
  bounce: z
    .object({
      bounceType: z.string(),
      bounceSubType: z.string().default(''),
      bouncedRecipients: recipients,
      feedbackId: z.string(),
      timestamp: time,
    })
    .optional(),
  complaint: z
    .object({
      complainedRecipients: recipients,
      complaintFeedbackType: z.string().optional(),
      feedbackId: z.string(),
      timestamp: time,
    })
    .optional(),
  delivery: z.object({ timestamp: time }).optional(),
  open: z.object(reader).optional(),
  click: z.object({ ...reader, link: z.string().default('') }).optional(),
});
export type SesEvent = z.infer<typeof SesEvent>;

/** What of SES goes to the bus: the types that something is done about, by the name that EventBridge has for them. */
export const sesEventTypes = {
  SEND: 'Email Sent',
  DELIVERY: 'Email Delivered',
  BOUNCE: 'Email Bounced',
  COMPLAINT: 'Email Complaint Received',
  OPEN: 'Email Opened',
  CLICK: 'Email Clicked',
} as const;

/** An event of EventBridge that SES put there. */
export const SesEnvelope = z.object({ source: z.literal('aws.ses'), detail: SesEvent });
