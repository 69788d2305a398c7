import { capHolds } from './cap-hold.ts';
import type { ContactCandidate, Hold } from './contact-facts.ts';
import type { Contact } from './contact-ledger.ts';
import type { ContactPolicy } from './contact-policy.ts';

/**
 * What caps per address hold against a message, by all that went to its address, whichever customer it was for: undefined when nothing. A
 * cap looks at the address as others look at a customer's total.
 */
export function addressHold(
  policies: readonly ContactPolicy[],
  sent: readonly Omit<Contact, 'personaId' | 'decisionId'>[],
  candidate: ContactCandidate,
  nowMs: number,
): Hold | undefined {
  const own = policies.map((policy) => ({
    ...policy,
    caps: policy.caps.filter(({ per }) => per === 'address').map((cap) => ({ ...cap, per: 'total' as const })),
  }));
  const contacts = sent.map((each) => ({ ...each, personaId: '', decisionId: '' }));
  const ledger = { personas: [], contacts, exposures: [] };
  const holds = capHolds({ policies: own, ledger, nowMs, responses: [], zone: 'UTC' })(candidate);
  return holds.toSorted((a, b) => b.untilMs - a.untilMs)[0];
}
