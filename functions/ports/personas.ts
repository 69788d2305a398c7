import type { DayRecord } from '#domain/profile/day-record.ts';
import type { OrderRecord } from '#domain/profile/order-record.ts';
import type { PersonaState } from '#domain/profile/persona-state.ts';

/** What is stored of a persona, as far as a batch of interactions touches it, with the versions that a save must still find. */
export interface LoadedPersona {
  readonly personaId: string;
  /** Number of writes so far; 0 for a persona that is not there yet. */
  readonly version: number;
  readonly state: PersonaState;
  readonly days: ReadonlyMap<string, DayRecord>;
  readonly orders: ReadonlyMap<string, OrderRecord>;
  /** Records that stand with the state, touched or not: their text and when they may be forgotten (epoch seconds). */
  readonly recent: ReadonlyMap<string, { readonly text: string; readonly expiresAt: number }>;
  /** Whether a message was counted on a day that stands with the state and was not touched. */
  readonly isKnownBesides?: (messageId: string) => boolean;
  /** Whether records of this persona ever moved away from its state. */
  readonly hasMoved: boolean;
  /** Version of each stored item at the time of reading. */
  readonly recordVersions: ReadonlyMap<string, number>;
}

/** The records that a batch of interactions changed. */
export interface PersonaChange {
  readonly state: PersonaState;
  readonly days: ReadonlyMap<string, DayRecord>;
  readonly orders: ReadonlyMap<string, OrderRecord>;
}

/** Stores personas: one atomic write a micro-batch. */
export interface Personas {
  /**
   * `eventual` costs half and may give what a persona was a moment ago: then a save is a conflict, and what was applied a moment
   * ago has been applied. After a conflict ask for the `latest`.
   */
  load(
    personaId: string,
    touched: { days: readonly string[]; orderKeys: readonly string[] },
    freshness?: 'eventual' | 'latest',
  ): Promise<LoadedPersona>;
  /** Writes all or nothing. `conflict` means that somebody else wrote first: load and apply again. */
  save(loaded: LoadedPersona, change: PersonaChange, nowMs: number): Promise<'saved' | 'conflict'>;
}
