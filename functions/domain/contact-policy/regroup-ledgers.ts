import { type Contact, type ContactLedger, emptyLedger, inOrder } from './contact-ledger.ts';
import { type Exposure, withExposures } from './exposure.ts';

/**
 * The ledgers after personas have changed customers: each persona's contacts and exposures go where the persona goes. `ledgers` has the ledger
 * of every customer that loses or gains a persona, an empty one where none is stored; `customerOfPersona` says of which customer
 * a persona is now, and a persona that it does not name stays. Answers a ledger for every customer of either; one without
 * personas must be written too, for it refuses decisions that are still on their way to it.
 *
 * It forgets nothing and only looks at the grouping that is wanted, so that an unmerge gives exactly the ledgers that
 * would be there without the merge, and a repeat changes nothing.
 */
export function regroupLedgers(
  ledgers: ReadonlyMap<string, ContactLedger>,
  customerOfPersona: ReadonlyMap<string, string>,
): Map<string, ContactLedger> {
  const personas = new Map<string, Set<string>>();
  const contacts = new Map<string, Contact[]>();
  const exposures = new Map<string, Exposure[]>();
  for (const customerId of [...ledgers.keys(), ...customerOfPersona.values()]) {
    personas.set(customerId, new Set());
    contacts.set(customerId, []);
    exposures.set(customerId, []);
  }
  for (const [personaId, customerId] of customerOfPersona) personas.get(customerId)?.add(personaId);
  for (const [holder, ledger] of ledgers) {
    const target = (personaId: string) => customerOfPersona.get(personaId) ?? holder;
    for (const personaId of ledger.personas) personas.get(target(personaId))?.add(personaId);
    for (const contact of ledger.contacts) contacts.get(target(contact.personaId))?.push(contact);
    for (const exposure of ledger.exposures) exposures.get(target(exposure.personaId))?.push(exposure);
  }
  return new Map(
    [...personas].map(([customerId, members]) => {
      const own = { ...emptyLedger(members), contacts: inOrder(contacts.get(customerId) ?? []) };
      return [customerId, withExposures(own, exposures.get(customerId) ?? [])];
    }),
  );
}
