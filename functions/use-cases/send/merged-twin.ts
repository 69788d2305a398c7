import type { Contact } from '#domain/campaign/contact.ts';
import type { ContactLedger } from '#domain/contact-policy/contact-ledger.ts';
import type { Contacts } from '#ports/contacts.ts';

/** A run's decisions: 8 digits name the run, 4 and 2 more the chunk, between them the version of the UUID (`batchDecisionId`). */
const ofRun = /^([0-9a-f]{8})-([0-9a-f]{4})-8([0-9a-f]{2})/;

/**
 * What a contact has to do about another one of its run that is the same customer's since a merge: nothing (`none`), to give way for good
 * (`gives-way`), or to wait for the other, which is being sent just now. Of two that wait the first by the decision's id goes.
 */
export async function mergedTwin(
  contact: Contact,
  decisionId: string,
  { contacts: known }: ContactLedger,
  contacts: Pick<Contacts, 'find'>,
): Promise<'none' | 'gives-way' | 'waits'> {
  const run = ofRun.exec(decisionId)?.[1];
  for (const twin of known) {
    const [, theirRun, high = '', low = ''] = ofRun.exec(twin.decisionId) ?? [];
    if (run === undefined || theirRun !== run || twin.decisionId === decisionId) continue;
    const chunk = Number.parseInt(high + low, 16);
    const other = await contacts.find({ runId: contact.runId, chunk, customerId: twin.personaId });
    if (other === undefined) continue;
    if (other.state === 'contacted') return 'gives-way';
    if (other.state === 'sending') return decisionId < twin.decisionId ? 'waits' : 'gives-way';
    if (other.state === 'pending' && twin.decisionId < decisionId) return 'gives-way';
  }
  return 'none';
}
