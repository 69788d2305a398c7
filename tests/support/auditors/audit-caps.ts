import { dayMs } from '#domain/calendar/days.ts';
import type { ContactCap, ContactPolicy } from '#domain/contact-policy/contact-policy.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { shownBy } from '#domain/decision/decision-effects.ts';
import { type Finding, findingsOf } from './audited-run.ts';

/** A treatment that was shown, as a cap counts it. */
interface Counted {
  readonly atMs: number;
  readonly personaId: string;
  readonly customerId: string;
  readonly direction: string;
  readonly kind: string;
  readonly of: Readonly<Record<ContactCap['per'], string>>;
}

/**
 * In no window of a cap is more shown than it allows, counted from the records of decisions with nothing of the ledger's code: to a
 * persona, whoever it was one customer with meanwhile, and to a customer, but for those from whom somebody was taken out again.
 */
export function auditCaps(
  decisions: readonly Decision[],
  policies: readonly ContactPolicy[],
  split: ReadonlySet<string>,
): Finding[] {
  const contacts = decisions.flatMap(contactsIn).sort((a, b) => a.atMs - b.atMs);
  const whole = contacts.filter(({ customerId }) => !split.has(customerId));
  const wrong = policies.flatMap(({ policyId, exemptKinds, caps }) =>
    caps.flatMap((cap) => {
      const counts = (contact: Counted) =>
        !exemptKinds.some((kind) => kind === contact.kind) &&
        (cap.directions === undefined || cap.directions.some((direction) => direction === contact.direction)) &&
        (cap.name === undefined || cap.name === contact.of[cap.per]);
      const name = `${policyId}: ${cap.most} in ${cap.windowDays} days per ${cap.name ?? cap.per}`;
      return [
        ...passed(cap, contacts.filter(counts), ({ personaId }) => personaId),
        ...passed(cap, whole.filter(counts), ({ customerId }) => customerId),
      ].map((who) => `${who} (${name})`);
    }),
  );
  return findingsOf('caps', 'more contacts than a cap allows', [...new Set(wrong)]);
}

/** Whom a cap was passed for. */
function passed({ per, most, windowDays }: ContactCap, contacts: readonly Counted[], whom: (one: Counted) => string) {
  const groups = Map.groupBy(contacts, (contact) => `${whom(contact)} ${contact.of[per]}`);
  return [...groups].flatMap(([name, group]) => {
    const isPassed = group.some(({ atMs }, index) => {
      const earlier = group[index - most];
      return earlier !== undefined && atMs - earlier.atMs < windowDays * dayMs;
    });
    return isPassed ? [name.trim()] : [];
  });
}

function contactsIn(decision: Decision): Counted[] {
  const { atMs, personaId, customerId } = decision;
  return shownBy(decision).map(({ candidate, placement }) => ({
    atMs,
    personaId,
    customerId,
    direction: placement.direction,
    kind: candidate.kind,
    of: {
      total: '',
      channel: candidate.channel,
      group: candidate.group,
      offer: candidate.offerId,
      treatment: candidate.treatmentId,
      // Of whom an address is nobody has decided yet: it is asked when a message is sent.
      address: '',
    },
  }));
}
