import type { Contact, ContactRef } from '#domain/campaign/contact.ts';
import { claimedContact, settledContact } from '#domain/campaign/settled-contact.ts';
import { tallyName } from '#domain/campaign/tally.ts';
import { byCodeUnit } from '#domain/text/bounded-map.ts';
import type { Contacts } from '#ports/contacts.ts';

/** Contacts in memory, with the conditions of those in DynamoDB. */
export class MemoryContacts implements Contacts {
  readonly contacts = new Map<string, Contact>();

  async add(_runId: string, _chunk: number, contacts: readonly Contact[]): Promise<void> {
    for (const each of contacts) if (!this.contacts.has(nameOf(each))) this.contacts.set(nameOf(each), each);
  }

  async ofChunk(runId: string, chunk: number): Promise<readonly Contact[]> {
    return [...this.contacts.values()]
      .filter((each) => each.runId === runId && each.chunk === chunk)
      .sort((a, b) => byCodeUnit(a.customerId, b.customerId));
  }

  async tallies(runId: string): Promise<ReadonlyMap<number, Readonly<Record<string, number>>>> {
    const tallies = new Map<number, Record<string, number>>();
    for (const each of this.contacts.values()) {
      if (each.runId !== runId) continue;
      const tally = tallies.get(each.chunk) ?? {};
      tally[tallyName(each)] = (tally[tallyName(each)] ?? 0) + 1;
      tallies.set(each.chunk, tally);
    }
    return tallies;
  }

  async find(ref: ContactRef): Promise<Contact | undefined> {
    return this.contacts.get(nameOf(ref));
  }

  async due(runId: string, channel: string, nowMs: number, most: number): Promise<readonly ContactRef[]> {
    return [...this.contacts.values()]
      .filter((each) => each.runId === runId && each.choice?.channel === channel && isDue(each, nowMs))
      .sort((a, b) => (a.dueAtMs ?? 0) - (b.dueAtMs ?? 0))
      .slice(0, most)
      .map(({ runId, chunk, customerId }) => ({ runId, chunk, customerId }));
  }

  claim: Contacts['claim'] = async (ref, time) => {
    const before = this.contacts.get(nameOf(ref));
    if (before === undefined || !isDue(before, time.nowMs)) return undefined;
    const contact = claimedContact(before, time);
    this.contacts.set(nameOf(ref), contact);
    return { contact, isAgain: before.state === 'sending' };
  };

  settle: Contacts['settle'] = async (settlements, nowMs) =>
    settlements.map(({ contact, to }) => {
      const now = this.contacts.get(nameOf(contact));
      const isAsItWas =
        now?.state === contact.state && now.attempts === contact.attempts && now.changedAtMs === contact.changedAtMs;
      if (!isAsItWas) return 'stale';
      this.contacts.set(nameOf(contact), settledContact(contact, to, nowMs));
      return 'settled';
    });
}

const isDue = ({ dueAtMs }: Contact, nowMs: number) => dueAtMs !== undefined && dueAtMs <= nowMs;
const nameOf = ({ runId, chunk, customerId }: ContactRef) => `${runId} ${chunk} ${customerId}`;
