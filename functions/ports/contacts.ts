import type { Contact, ContactRef } from '#domain/campaign/contact.ts';
import type { Settlement } from '#domain/campaign/settled-contact.ts';
import type { Tally } from '#domain/campaign/tally.ts';

/** What runs do about their customers. It is the queue of what is to be sent, too: a contact waits in it until it is final. */
export interface Contacts {
  /** Adds contacts of a run's chunk. Who has one already keeps it: adding again adds what is missing. */
  add(runId: string, chunk: number, contacts: readonly Contact[]): Promise<void>;
  /** All contacts of a chunk, in the order of their customers. */
  ofChunk(runId: string, chunk: number): Promise<readonly Contact[]>;
  /** How many contacts of each chunk are what: exact at any time, whoever crashes. */
  tallies(runId: string): Promise<ReadonlyMap<number, Tally>>;
  find(ref: ContactRef): Promise<Contact | undefined>;
  /**
   * Contacts of a run that may be sent on a channel by a time, the longest due first: ask for the runs that may send (`SendingRuns`).
   * May lag behind by a moment: a claim tells.
   */
  due(runId: string, channel: string, nowMs: number, most: number): Promise<readonly ContactRef[]>;
  /**
   * Takes a contact that is due for somebody who sends it, until the claim lapses: then it is due again. Undefined when it is not due
   * any more, for somebody else was faster. `isAgain` when an earlier claim was never settled: then the message may have gone.
   */
  claim(ref: ContactRef, time: { readonly nowMs: number; readonly untilMs: number }): Promise<Claim | undefined>;
  /**
   * Settles contacts as they were read or claimed; answers in their order whether that is what became of them, or whether somebody
   * else claimed or settled one meanwhile (`stale`), which then stays as it is. Many of one chunk cost little more than one.
   */
  settle(settlements: readonly ContactSettlement[], nowMs: number): Promise<readonly ('settled' | 'stale')[]>;
}

export interface Claim {
  readonly contact: Contact;
  readonly isAgain: boolean;
}

export interface ContactSettlement {
  readonly contact: Contact;
  readonly to: Settlement;
}
