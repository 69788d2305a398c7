import { capHolds } from '#domain/contact-policy/cap-hold.ts';
import type { ContactCandidate } from '#domain/contact-policy/contact-facts.ts';
import type { ContactLedger } from '#domain/contact-policy/contact-ledger.ts';
import type { ContactPolicy } from '#domain/contact-policy/contact-policy.ts';

/**
 * Whether another campaign has taken the reservation that a message was to be sent on, and died before it told: the ledger has
 * none of the decision, and a cap is full without it. A ledger that has forgotten it, as no cap asks for it any more, proves nothing.
 */
export function isOutbid(
  decisionId: string,
  contact: ContactCandidate,
  ledger: ContactLedger,
  policies: readonly ContactPolicy[],
  nowMs: number,
): boolean {
  if (ledger.contacts.some((each) => each.decisionId === decisionId)) return false;
  const holds = capHolds({ policies, ledger, nowMs, responses: [], zone: 'UTC' })(contact);
  return holds.some(({ untilMs }) => untilMs > nowMs);
}
