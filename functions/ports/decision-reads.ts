import type { ContactLedger } from '#domain/contact-policy/contact-ledger.ts';
import type { Decision } from '#domain/decision/decision.ts';
import type { PersonaState } from '#domain/profile/persona-state.ts';
import type { StoredLedger } from './contact-ledgers.ts';

/** What is stored of a customer that decisions are about. */
export interface DecidedCustomer {
  readonly customerId: string;
  /** States of the customer's personas; empty when nothing is known. */
  readonly states: readonly PersonaState[];
  /** The contact ledger as a reserve must find it. */
  readonly before: StoredLedger;
  /** The same, or an empty one of the customer's personas; it counts the persona that was asked for. */
  readonly ledger: ContactLedger;
}

/** Reads what decisions need in one round trip, or two for a customer of several personas. */
export interface DecisionReads {
  /**
   * The customer that a persona is part of and, when its id is given, the decision if it was made before. `eventual` costs half and
   * may be a moment old: a reserve then conflicts. After a conflict ask for the `latest`.
   */
  load(
    personaId: string,
    freshness: 'eventual' | 'latest',
    decisionId?: string,
  ): Promise<{ readonly customer: DecidedCustomer; readonly made: Decision | undefined }>;
}
