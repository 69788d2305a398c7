import { dayMs } from '#domain/calendar/days.ts';
import type { ContactCandidate, ContactFacts, Hold } from './contact-facts.ts';
import type { ContactLedger } from './contact-ledger.ts';
import type { ContactCap, ContactPolicy } from './contact-policy.ts';
import { capWords } from './contact-words.ts';

/**
 * What rolling caps hold against candidates. A cap holds from its `most`-th newest contact on for as long as the window: then
 * no window of that length has more, wherever it begins and whatever the clocks of those who wrote.
 */
export function capHolds({ policies, ledger, nowMs }: ContactFacts): (candidate: ContactCandidate) => Hold[] {
  const prepared = policies.flatMap((policy) =>
    policy.caps.flatMap((cap) => {
      const holds = holdsOf(policy, cap, ledger, nowMs);
      return holds === undefined ? [] : [{ policy, cap, holds }];
    }),
  );
  if (prepared.length === 0) return () => [];
  return (candidate) => {
    const found: Hold[] = [];
    for (const { policy, cap, holds } of prepared) {
      const hold = applies(policy, cap, candidate) ? holds(subjectOf(cap, candidate)) : undefined;
      if (hold !== undefined) found.push(hold);
    }
    return found;
  };
}

/** Whether a cap of a policy counts a contact, and with that whether it can hold a candidate back. */
export function applies(policy: ContactPolicy, cap: ContactCap, contact: ContactCandidate): boolean {
  // A customer's own contacts say nothing of who else has their address: that is asked at the moment of sending (`addressHold`).
  if (cap.per === 'address' || policy.exemptKinds.includes(contact.kind)) return false;
  if (cap.directions !== undefined && !cap.directions.includes(contact.direction)) return false;
  return cap.per === 'total' || cap.name === undefined || cap.name === subjectOf(cap, contact);
}

/** What a cap counts a contact under. */
export function subjectOf(
  { per }: Pick<ContactCap, 'per'>,
  contact: Pick<ContactCandidate, 'channel' | 'group' | 'offerId' | 'treatmentId'>,
): string {
  switch (per) {
    case 'total':
    case 'address':
      return '';
    case 'channel':
      return contact.channel;
    case 'group':
      return contact.group;
    case 'offer':
      return contact.offerId;
    case 'treatment':
      return contact.treatmentId;
  }
}

/**
 * What a cap holds against what it counts together, looked up by that: most candidates share it, or have no contacts. Undefined when
 * it holds nothing against anybody.
 */
function holdsOf(
  policy: ContactPolicy,
  cap: ContactCap,
  { contacts }: ContactLedger,
  nowMs: number,
): ((subject: string) => Hold | undefined) | undefined {
  const windowMs = cap.windowDays * dayMs;
  const times = new Map<string, number[]>();
  for (const contact of contacts) {
    if (contact.atMs <= nowMs - windowMs || !applies(policy, cap, contact)) continue;
    const subject = subjectOf(cap, contact);
    const ofSubject = times.get(subject);
    if (ofSubject === undefined) times.set(subject, [contact.atMs]);
    else ofSubject.push(contact.atMs);
  }
  if (cap.most > 0 && ![...times.values()].some(({ length }) => length >= cap.most)) return undefined;
  const known = new Map<string, Hold>();
  return (subject) => {
    const inWindow = times.get(subject) ?? [];
    if (inWindow.length < cap.most) return undefined;
    const deciding = inWindow[inWindow.length - cap.most];
    const hold = known.get(subject) ?? {
      reason: 'contact_cap',
      policyId: policy.policyId,
      words: capWords(cap, subject, inWindow.length),
      untilMs: deciding === undefined ? Number.POSITIVE_INFINITY : deciding + windowMs,
    };
    known.set(subject, hold);
    return hold;
  };
}
