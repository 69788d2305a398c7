import type { Envelope } from '#domain/channel/channel-message.ts';

/** Names under which a message carries its decision and its own id; the provider's events hand them back. */
export const decisionTag = 'decision_id';
export const messageTag = 'message_id';
/** The customer's id, for people who look a message up. */
const customerTag = 'customer_id';

/** The tags of a message, in letters that SES takes: ASCII letters, digits, `_` and `-`, up to 256. */
export function tagsOf({ decisionId, messageId, customerId }: Envelope): [string, string][] {
  return [
    [decisionTag, decisionId],
    [messageTag, messageId],
    [customerTag, customerId],
  ];
}
