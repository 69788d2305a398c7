import type { Envelope } from '#domain/channel/channel-message.ts';

/** Names under which a message carries its decision and its own id; the provider's events hand them back. */
export const decisionTag = 'decision_id';
export const messageTag = 'message_id';

/** The tags of a message, in letters that SES takes: ASCII letters, digits, `_` and `-`, up to 256. */
export function tagsOf({ decisionId, messageId }: Pick<Envelope, 'decisionId' | 'messageId'>): [string, string][] {
  return [
    [decisionTag, decisionId],
    [messageTag, messageId],
  ];
}
