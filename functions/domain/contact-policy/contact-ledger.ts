import { byCodeUnit } from '#domain/text/bounded-map.ts';
import type { Direction } from '#domain/vocabulary/channel.ts';
import type { OfferKind } from '#domain/vocabulary/offer-kind.ts';
import type { Exposure } from './exposure.ts';

/** One treatment that was decided for a customer, counted from the decision on. */
export interface Contact {
  /** Time of the decision, epoch milliseconds. */
  readonly atMs: number;
  readonly treatmentId: string;
  readonly offerId: string;
  readonly group: string;
  readonly channel: string;
  readonly direction: Direction;
  readonly kind: OfferKind;
  /** The persona that was asked for: what merges and unmerges regroup contacts by. */
  readonly personaId: string;
  readonly decisionId: string;
  /** What a campaign expects of it, in minor units, while its message waits: a campaign that expects more may take its place. */
  readonly bid?: number;
}

/**
 * The contacts of one customer that contact policies can still ask for, and the strategies that it was first exposed to. `personas`
 * are those whose contacts it counts: at any moment each persona is in one ledger, so a ledger without the persona that is
 * asked for is one that a merge or an unmerge has left behind. All lists are sorted.
 */
export interface ContactLedger {
  readonly personas: readonly string[];
  readonly contacts: readonly Contact[];
  readonly exposures: readonly Exposure[];
}

/** A ledger of personas that nobody contacted yet. */
export function emptyLedger(personas: Iterable<string>): ContactLedger {
  return { personas: [...new Set(personas)].sort(byCodeUnit), contacts: [], exposures: [] };
}

/**
 * The ledger with more contacts. A treatment of a decision counts once, however often it is added. Throws a RangeError when a
 * contact is of a persona that the ledger does not count.
 */
export function withContacts(ledger: ContactLedger, added: Iterable<Contact>): ContactLedger {
  const contacts = new Map(ledger.contacts.map((contact) => [keyOf(contact), contact]));
  for (const contact of added) {
    if (!ledger.personas.includes(contact.personaId)) {
      throw new RangeError(`A ledger of ${ledger.personas.length} personas has none called ${contact.personaId}`);
    }
    if (!contacts.has(keyOf(contact))) contacts.set(keyOf(contact), contact);
  }
  return { ...ledger, contacts: inOrder(contacts.values()) };
}

/**
 * The ledger without the contacts of one decision: what an attempt to decide starts from, so that an earlier attempt whose
 * write took effect without an answer does not count against the decision itself.
 */
export function withoutDecision({ contacts, ...ledger }: ContactLedger, decisionId: string): ContactLedger {
  return { ...ledger, contacts: contacts.filter((contact) => contact.decisionId !== decisionId) };
}

/** Contacts in the one order of a ledger: by time, decision and treatment. */
export function inOrder(contacts: Iterable<Contact>): Contact[] {
  return [...contacts].sort((a, b) => a.atMs - b.atMs || byCodeUnit(keyOf(a), keyOf(b)));
}

const keyOf = ({ decisionId, treatmentId }: Contact) => `${decisionId} ${treatmentId}`;
