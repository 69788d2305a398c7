import type { Contact } from '#domain/campaign/contact.ts';

/** A contact that waits to be sent by e-mail since noon; `changes` replaces some of it. */
export function campaignContact(customerId: string, changes: Partial<Contact> = {}): Contact {
  return {
    runId: 'spring-1',
    chunk: 0,
    customerId,
    campaignId: 'spring',
    state: 'pending',
    choice: {
      decisionId: `d-${customerId}`,
      treatmentId: 'tv-email',
      offerId: 'tv',
      placementId: 'email/newsletter',
      channel: 'email',
      score: 120,
    },
    dueAtMs: Date.UTC(2026, 2, 10, 12),
    validUntilMs: Date.UTC(2026, 2, 13, 12),
    attempts: 0,
    changedAtMs: Date.UTC(2026, 2, 10, 11),
    ...changes,
  };
}
