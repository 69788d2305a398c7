import type * as z from 'zod';
import type { ContactCandidate } from '#domain/contact-policy/contact-facts.ts';
import type { Contact } from '#domain/contact-policy/contact-ledger.ts';
import { ContactPolicy } from '#domain/contact-policy/contact-policy.ts';

/** A valid candidate: an e-mail about the one offer of the group loans. */
export function candidate(overrides: Partial<ContactCandidate> = {}): ContactCandidate {
  return {
    treatmentId: 'loan-mail',
    offerId: 'loan',
    group: 'loans',
    channel: 'email',
    direction: 'outbound',
    kind: 'standard',
    ...overrides,
  };
}

/** A valid contact at the beginning of 1970, by the persona p1. */
export function contact(overrides: Partial<Contact> = {}): Contact {
  return { ...candidate(), atMs: 0, personaId: 'p1', decisionId: `d${overrides.atMs ?? 0}`, ...overrides };
}

/** A policy that holds nothing but what is given. */
export function policy(overrides: Partial<z.input<typeof ContactPolicy>> = {}): ContactPolicy {
  return ContactPolicy.parse({ policyId: 'pressure', ...overrides });
}
