import { ContactRef } from '#domain/campaign/contact.ts';

/**
 * The id of a contact's message: the same however often it is sent, and in letters that SES takes as a tag's value. A contact has one
 * treatment, so that it stands for run, customer and treatment.
 */
export function messageIdOf({ runId, chunk, customerId }: ContactRef): string {
  return Buffer.from(JSON.stringify([runId, chunk, customerId])).toString('base64url');
}

/** The contact whose message has an id; undefined for the id of anything else, such as a test's. */
export function contactOfMessage(messageId: string): ContactRef | undefined {
  try {
    const [runId, chunk, customerId] = JSON.parse(Buffer.from(messageId, 'base64url').toString());
    return ContactRef.safeParse({ runId, chunk, customerId }).data;
  } catch {
    return undefined;
  }
}
