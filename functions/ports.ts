import type { BusEntry } from '#domain/bus/bus-event.ts';
import type { Credential } from '#domain/credential/credential.ts';
import type { DayRecord, OrderRecord, PersonaState, TimelineEntry } from '#domain/profile/profile.ts';
import type { TimelinePage, TimelinePoint } from '#domain/profile/timeline.ts';

/** Finds the credential of a write key. */
export interface Credentials {
  find(key: string): Promise<Credential | undefined>;
}

/** Puts events on the bus. Resolves when every entry is on it; throws {@link BusUnavailableError} otherwise. */
export interface Bus {
  publish(entries: readonly BusEntry[]): Promise<void>;
}

/** Turns identifiers into their keyed hashes and persona ids, and seals what only the firm may read. */
export interface IdentityKey {
  /** Keyed hash of an identifier: 32 lower-case hex digits. */
  hash(type: string, value: string): string;
  /** The persona that an identifier names until a link says otherwise: a UUID (version 8) derived from the keyed hash. */
  personaId(type: string, value: string): string;
  /** Compresses and encrypts a text; the result is base64. */
  seal(text: string): string;
  /** Opens what {@link seal} closed. Throws when the text was not sealed with this key. */
  open(sealed: string): string;
}

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
  /** Version of each stored item at the time of reading. */
  readonly recordVersions: ReadonlyMap<string, number>;
}

/** The records that a batch of interactions changed. */
export interface PersonaChange {
  readonly state: PersonaState;
  readonly days: ReadonlyMap<string, DayRecord>;
  readonly orders: ReadonlyMap<string, OrderRecord>;
}

/** Stores personas: one read and one atomic write a micro-batch. */
export interface Personas {
  load(personaId: string, touched: { days: readonly string[]; orderIds: readonly string[] }): Promise<LoadedPersona>;
  /** Writes all or nothing. `conflict` means that somebody else wrote first: load and apply again. */
  save(loaded: LoadedPersona, change: PersonaChange, nowMs: number): Promise<'saved' | 'conflict'>;
}

/** A persona's state as it is stored. */
export interface StoredPersona {
  readonly personaId: string;
  /** Number of writes so far. */
  readonly version: number;
  readonly state: PersonaState;
}

/** What a customer's single view is made of. */
export interface Customers {
  /** All personas of a customer; empty when there is no such customer. One round trip. */
  personas(customerId: string): Promise<readonly StoredPersona[]>;
  /** Recent timeline entries at or before a moment, newest first. `isComplete` when no kept day is older. One round trip. */
  recentTimeline(customerId: string, until: TimelinePoint, limit: number): Promise<TimelinePage>;
}

/** What the lake knows of a customer. */
export interface InteractionLake {
  /** Timeline entries older than a point, newest first. Throws {@link LakeQueryError}. */
  olderTimeline(personaIds: readonly string[], before: TimelinePoint, limit: number): Promise<readonly TimelineEntry[]>;
}
