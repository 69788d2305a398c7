import type { Contact } from '#domain/contact-policy/contact-ledger.ts';
import type { PersonaState } from '#domain/profile/persona-state.ts';
import type { TimelinePage, TimelinePoint } from '#domain/profile/timeline.ts';

/** A persona's state as it is stored. */
export interface StoredPersona {
  readonly personaId: string;
  /** Number of writes so far. */
  readonly version: number;
  readonly state: PersonaState;
}

/** A customer's personas. */
export interface Customer {
  readonly customerId: string;
  /** Those that have a state. */
  readonly personas: readonly StoredPersona[];
  /** Ids of the personas of all its identifiers, with or without a state, in order. */
  readonly personaIds: readonly string[];
}

/** What a customer's single view is made of. Any persona's id and any earlier id of the customer names it. */
export interface Customers {
  /** The customer that a persona is part of; `undefined` when there is none. At most two round trips. */
  customer(personaId: string): Promise<Customer | undefined>;
  /** The same with the segments that it was in when it was looked at last. At most two round trips. */
  view(personaId: string): Promise<(Customer & { readonly segments: ReadonlySet<string> }) | undefined>;
  /** The contacts that its ledger still has; none for a customer that nobody contacted. One round trip. */
  contacts(customerId: string): Promise<readonly Contact[]>;
  /**
   * The customer with its recent timeline entries at or before a moment, newest first. `isComplete` when no kept day is
   * older. At most two round trips.
   */
  recentTimeline(
    personaId: string,
    until: TimelinePoint,
    limit: number,
  ): Promise<(Customer & { readonly page: TimelinePage }) | undefined>;
}
