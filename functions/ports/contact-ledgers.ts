import type { ContactLedger } from '#domain/contact-policy/contact-ledger.ts';

/** A customer's contact ledger as it is stored. */
export interface StoredLedger {
  readonly customerId: string;
  /** What a save must still find; 0 when nothing is stored, which counts for every persona that the customer has. */
  readonly version: number;
  readonly ledger: ContactLedger | undefined;
}

/** Stores contact ledgers: one item a customer, one call each. */
export interface ContactLedgers {
  load(customerId: string): Promise<StoredLedger>;
  /**
   * Writes a ledger with new contacts unless anybody wrote since it was loaded: another decision, a merge or an unmerge. At
   * `conflict` ask again whose ledger the persona is in, and decide again.
   */
  reserve(before: StoredLedger, ledger: ContactLedger, nowMs: number): Promise<'saved' | 'conflict'>;
}
