import { dayMs } from '#domain/calendar/days.ts';
import { applies, subjectOf } from './cap-hold.ts';
import type { Contact, ContactLedger } from './contact-ledger.ts';
import type { ContactPolicy } from './contact-policy.ts';

/** Clocks of those who write may differ by so much. */
const slackMs = dayMs;
/** What is kept of a persona without a cap that asks for it, so that a new or a higher cap does not begin from nothing. */
const spare = { contacts: 16, days: 30 };

/**
 * The ledger without the contacts that no cap can ask for any more. A cap looks at its `most` newest contacts within its window;
 * of each persona as many are kept, because the newest of any group of personas are among the newest of each: so dropping
 * and regrouping may come in any order.
 */
export function boundedLedger(
  { contacts, ...ledger }: ContactLedger,
  policies: readonly ContactPolicy[],
  nowMs: number,
): ContactLedger {
  const caps = policies.flatMap((policy) =>
    policy.caps.map((cap) => ({ policy, cap, seen: new Map<string, number>() })),
  );
  const seenOfPersona = new Map<string, number>();
  const isKept = (contact: Contact) => {
    const spared = countUp(seenOfPersona, contact.personaId) <= spare.contacts;
    let kept = spared && contact.atMs > nowMs - spare.days * dayMs - slackMs;
    for (const { policy, cap, seen } of caps) {
      if (!applies(policy, cap, contact)) continue;
      const isAmongNewest = countUp(seen, `${contact.personaId} ${subjectOf(cap, contact)}`) <= cap.most;
      if (isAmongNewest && contact.atMs > nowMs - cap.windowDays * dayMs - slackMs) kept = true;
    }
    return kept;
  };
  return { ...ledger, contacts: contacts.toReversed().filter(isKept).reverse() };
}

function countUp(counts: Map<string, number>, key: string): number {
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count;
}
