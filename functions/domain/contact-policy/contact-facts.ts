import type { CountedResponse } from '#domain/profile/responses.ts';
import type { Contact, ContactLedger } from './contact-ledger.ts';
import type { ContactPolicy } from './contact-policy.ts';

/** What contact policies look at in a treatment. */
export type ContactCandidate = Pick<Contact, 'treatmentId' | 'offerId' | 'group' | 'channel' | 'direction' | 'kind'>;

/** Why contact policy forbids a treatment now. */
export interface ContactBlock {
  readonly reason: 'contact_cap' | 'resting' | 'quiet_hours';
  readonly policyId: string;
  /** In words that can be read out to the customer's face. */
  readonly detail: string;
  /** When it is possible again if nothing happens until then, epoch milliseconds; absent when it never is. */
  readonly untilMs?: number;
}

/** What one policy holds against a candidate, until when; infinity is for good. */
export interface Hold {
  readonly reason: ContactBlock['reason'];
  readonly policyId: string;
  readonly words: string;
  readonly untilMs: number;
}

/** What a customer's contacts are checked against. */
export interface ContactFacts {
  readonly policies: readonly ContactPolicy[];
  readonly ledger: ContactLedger;
  readonly responses: readonly CountedResponse[];
  readonly nowMs: number;
  /** The customer's IANA time zone, or the stage's where theirs is not known. */
  readonly zone: string;
}
