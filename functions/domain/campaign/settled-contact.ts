import { type Contact, isFinal } from './contact.ts';

/** What becomes of a contact: something final, or pending again from a later time on. */
export type Settlement =
  | { readonly state: 'contacted'; readonly providerId?: string }
  | { readonly state: 'heldOut' | 'expired' }
  | { readonly state: 'excluded' | 'failed'; readonly reason: string }
  | { readonly state: 'pending'; readonly dueAtMs: number };

/** The contact as it is once it is settled. Throws a RangeError when it was final before. */
export function settledContact(before: Contact, to: Settlement, nowMs: number): Contact {
  if (isFinal(before.state)) throw new RangeError(`A contact that is ${before.state} stays so`);
  const { dueAtMs: _, ...rest } = before;
  return { ...rest, ...to, changedAtMs: nowMs };
}

/** The contact as it is once somebody has claimed it, until the claim lapses. */
export function claimedContact(before: Contact, { nowMs, untilMs }: { nowMs: number; untilMs: number }): Contact {
  return { ...before, state: 'sending', attempts: before.attempts + 1, dueAtMs: untilMs, changedAtMs: nowMs };
}
