import type { OutboxMessage } from '#local-cloud/outbox/outbox.ts';

/** What can become of a mail, by the name of its detail in an event. */
export const mailFates = {
  Send: { detailType: 'Email Sent', type: 'SEND' },
  Delivery: { detailType: 'Email Delivered', type: 'DELIVERY' },
  Bounce: { detailType: 'Email Bounced', type: 'BOUNCE' },
  Complaint: { detailType: 'Email Complaint Received', type: 'COMPLAINT' },
  Open: { detailType: 'Email Opened', type: 'OPEN' },
  Click: { detailType: 'Email Clicked', type: 'CLICK' },
} as const;
export type MailFate = keyof typeof mailFates;

/** The tag under which SES says with which configuration set a mail was sent. */
export const configurationSetTag = 'ses:configuration-set';

/**
 * The detail of an event as SES publishes it, as far as anybody here reads it:
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
export function mailEvent(
  fate: MailFate,
  { providerId, sentAt, to, from = '', subject = '', tags }: OutboxMessage,
  nowMs: number,
  more: Readonly<Record<string, unknown>> = {},
) {
  const timestamp = new Date(nowMs).toISOString();
  const recipients = [{ emailAddress: to }];
  const details = {
    Send: {},
    Delivery: { timestamp, recipients: [to], smtpResponse: '250 2.6.0 Message received', processingTimeMillis: 500 },
    Bounce: {
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: recipients,
      feedbackId: `${providerId}-b`,
      timestamp,
    },
    Complaint: { complainedRecipients: recipients, feedbackId: `${providerId}-c`, timestamp },
    Open: { timestamp, userAgent: reader, ipAddress: '192.0.2.1' },
    Click: { timestamp, userAgent: reader, ipAddress: '192.0.2.1', link: 'https://example.com/', linkTags: null },
  } as const;
  return {
    eventType: fate,
    mail: {
      timestamp: sentAt,
      messageId: providerId,
      source: from,
      destination: [to],
      headersTruncated: false,
      commonHeaders: { from: [from], to: [to], messageId: providerId, subject },
      tags: Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
    },
    [fate.toLowerCase()]: { ...details[fate], ...more },
  };
}

const reader = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.0';
