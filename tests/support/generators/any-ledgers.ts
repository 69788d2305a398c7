import fc from 'fast-check';
import { dayMs } from '#domain/calendar/days.ts';
import { type Contact, type ContactLedger, emptyLedger, withContacts } from '#domain/contact-policy/contact-ledger.ts';
import { Direction } from '#domain/vocabulary/channel.ts';
import { OfferKind } from '#domain/vocabulary/offer-kind.ts';

/** A few personas: so many that groupings differ, so few that they collide. */
export const personaIds = ['p1', 'p2', 'p3', 'p4', 'p5'];

/** Contacts of the personas within 60 days, with few names. */
export function anyContact(): fc.Arbitrary<Contact> {
  const name = (prefix: string, count: number) => fc.nat({ max: count - 1 }).map((index) => `${prefix}${index}`);
  return fc.record({
    atMs: fc.nat({ max: 60 * dayMs }),
    treatmentId: name('t', 4),
    offerId: name('o', 3),
    group: name('g', 2),
    channel: name('c', 3),
    direction: fc.constantFrom(...Direction.options),
    kind: fc.constantFrom(...OfferKind.options),
    personaId: fc.constantFrom(...personaIds),
    decisionId: fc.uuid(),
  });
}

/** A grouping of the personas: which customer each is of. */
export function anyGrouping(): fc.Arbitrary<Map<string, string>> {
  const customers = fc.array(fc.constantFrom('p1', 'p2', 'p3'), {
    minLength: personaIds.length,
    maxLength: personaIds.length,
  });
  return customers.map((ids) => new Map(personaIds.map((personaId, index) => [personaId, ids[index] ?? personaId])));
}

/** The ledger of each persona alone, with its own contacts. */
export function aloneLedgers(contacts: readonly Contact[]): Map<string, ContactLedger> {
  return new Map(
    personaIds.map((personaId) => [
      personaId,
      withContacts(
        emptyLedger([personaId]),
        contacts.filter((contact) => contact.personaId === personaId),
      ),
    ]),
  );
}
