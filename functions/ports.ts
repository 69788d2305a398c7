import type { ArrivalCurve } from '#domain/budget/arrival-curve.ts';
import type { Budget } from '#domain/budget/budget.ts';
import type { BudgetRecord } from '#domain/budget/budget-record.ts';
import type { BudgetUse, BudgetView } from '#domain/budget/budget-view.ts';
import type { LeaseAnswer, LeaseRequest } from '#domain/budget/lease.ts';
import type { BusEntry } from '#domain/bus/bus-event.ts';
import type { ItemKind } from '#domain/catalogue/item-kinds.ts';
import type { PastItem, StoredCatalogue, StoredItem } from '#domain/catalogue/stored-catalogue.ts';
import type { ContactLedger } from '#domain/contact-policy/contact-ledger.ts';
import type { KnownCaller } from '#domain/credential/access.ts';
import type { Over } from '#domain/credential/allowance.ts';
import type { Credential } from '#domain/credential/credential.ts';
import type { Decision } from '#domain/decision/decision.ts';
import type { KnownModels } from '#domain/decision/model-propensities.ts';
import type { ShownDecision } from '#domain/decision/shown-of.ts';
import type { ToldDisposition } from '#domain/disposition/told-disposition.ts';
import type { Cluster } from '#domain/identity/cluster.ts';
import type { NewClaim } from '#domain/identity/new-claims.ts';
import type { NewLink } from '#domain/identity/new-links.ts';
import type { Word } from '#domain/identity/word.ts';
import type { DayRecord, OrderRecord, PersonaState, TimelineEntry } from '#domain/profile/profile.ts';
import type { TimelinePage, TimelinePoint } from '#domain/profile/timeline.ts';
import type { Learned, TaughtSlot } from '#domain/propensity/learn-responses.ts';
import type { ModelKey } from '#domain/propensity/model-key.ts';

/** Finds the credential of a write key. */
export interface Credentials {
  find(key: string): Promise<Credential | undefined>;
}

/** Counts what credentials send on a day, for all functions together. */
export interface DayCounts {
  /** Adds events of a credential on a UTC day, none to ask only; gives their sum. */
  add(credentialId: string, day: string, events: number): Promise<number>;
}

/** Holds credentials to what they may send. */
export interface Allowances {
  /** Counts the events of a request; gives why it has to wait, if it has. */
  take(caller: KnownCaller, events: number, nowMs: number): Promise<Over | undefined>;
}

/** Puts events on the bus. Resolves when every entry is on it; throws {@link BusUnavailableError} otherwise. */
export interface Bus {
  publish(entries: readonly BusEntry[]): Promise<void>;
}

/** Closes what whoever closes it can't open. */
export interface Sealer {
  /** Compresses and encrypts a text; the result has letters, digits and `+/=.` */
  seal(text: string): string;
}

/** Turns identifiers into their keyed hashes and persona ids. Its own seal is for a stage that has no sealing key yet: who reads it can open. */
export interface IdentityKey extends Sealer {
  /** Keyed hash of an identifier: 32 lower-case hex digits. */
  hash(type: string, value: string): string;
  /** The persona that an identifier names until a link says otherwise: a UUID (version 8) derived from the keyed hash. */
  personaId(type: string, value: string): string;
  /** Whether a text was signed with the proof key of an id. */
  isSigned(keyId: string, text: string, signature: Buffer): boolean;
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

/** Remembers for 35 days which time its first arrival gave a message, so that a time that depends on the arrival is the same for every arrival. */
export interface Arrivals {
  /** Times of messages by key, in epoch microseconds and in their order: the given ones for those that are new. */
  first(
    messages: readonly { readonly key: string; readonly micros: number }[],
    nowMs: number,
  ): Promise<readonly number[]>;
}

/** A persona's state as it is stored. */
export interface StoredPersona {
  readonly personaId: string;
  /** Number of writes so far. */
  readonly version: number;
  readonly state: PersonaState;
}

/** An identifier as the graph of identities knows it. */
export interface KnownIdentifier {
  /** `type:hash`. */
  readonly identifier: string;
  /** Its normalised value, for types that are not personal. */
  readonly value?: string;
}

/** An identifier whose persona is about to be saved, or was. */
export interface SeenIdentifier extends KnownIdentifier {
  /** When its persona was first there. */
  readonly seenFirstMs: number;
  /** Who told of it first. */
  readonly heard?: Word | undefined;
}

/** Which identifiers are one customer: links in, customers out. Each call retries its own conflicts. */
export interface Identities {
  /**
   * Records that a persona's interactions carried other identifiers too, and since when (epoch milliseconds). Links known
   * already cost reads and no write. Throws {@link IdentitiesContendedError}.
   */
  link(persona: SeenIdentifier, links: readonly NewLink[], nowMs: number): Promise<void>;
  /**
   * Records that somebody unproven says to have an identifier. It joins them where nobody had told of it before, else it waits
   * for proof. `persona` is the one whose interaction told it. Throws {@link IdentitiesContendedError}.
   */
  claim(persona: SeenIdentifier, claim: NewClaim, nowMs: number): Promise<void>;
  /** Tells of a persona, after its save, that it was there or told of earlier than was known. Costs a read when nothing links it. */
  seenSince(persona: SeenIdentifier, nowMs: number): Promise<void>;
  /** The same of a persona of which only the id is known: what the firm itself says of it names no identifier. */
  personaSeen(personaId: string, seenFirstMs: number, nowMs: number): Promise<void>;
  /** What is known of the identifiers that a persona is linked to; `undefined` when nothing links it. */
  read(personaId: string): Promise<Cluster | undefined>;
  /** Undoes the merge that made two personas one customer. Throws {@link IdentitiesContendedError}. */
  unmerge(request: UnmergeRequest): Promise<'unmerged' | 'apart' | 'unknown'>;
}

/** Which merge to undo, and who asks. */
export interface UnmergeRequest {
  /** The persona or customer that was named; its side keeps being what it is. */
  readonly fromPersonaId: string;
  /** The persona to take out with all that is linked to it more closely than to the other. */
  readonly personaId: string;
  /** Id of the credential that asks. */
  readonly askedBy: string;
  readonly nowMs: number;
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

/** What the lake knows of a customer. */
export interface InteractionLake {
  /** Timeline entries older than a point, newest first. Throws {@link LakeQueryError}. */
  olderTimeline(personaIds: readonly string[], before: TimelinePoint, limit: number): Promise<readonly TimelineEntry[]>;
}

/** Stores the catalogue with all its past. */
export interface CatalogueStore {
  /** The whole catalogue as one state of it. Throws {@link CatalogueTornError} when it keeps changing under the reader. */
  load(): Promise<StoredCatalogue>;
  /** Changes so far, at the price of half a read unit; may lag behind by a moment. */
  revision(): Promise<number>;
  /** Saves one change made to the catalogue at a revision. `conflict` means that somebody else wrote first: load and plan again. */
  save(change: CatalogueChange): Promise<'saved' | 'conflict'>;
  /** One item as it is. */
  find(kind: ItemKind, id: string): Promise<StoredItem | undefined>;
  /** All items of a kind, by id. */
  list(kind: ItemKind): Promise<readonly StoredItem[]>;
  /** Every change of one item, the latest first. */
  changesOf(kind: ItemKind, id: string): Promise<readonly PastItem[]>;
  /** The catalogue as it was at a revision: what a decision of then was made from. */
  loadAt(revision: number): Promise<StoredCatalogue>;
}

/** A change of one item. */
export interface CatalogueChange {
  /** The revision that it was planned on; it makes the next one, which is also the item's version. */
  readonly revision: number;
  /** The item from now on; without `item` it is deleted. */
  readonly change: Omit<PastItem, 'version'>;
  /** Hash of the catalogue with the change in it. */
  readonly catalogueVersion: string;
}

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

/** What a budget's period is stored under. */
export interface BudgetPeriodKey {
  readonly budgetId: string;
  readonly period: string;
}

/** Stores what is leased of budgets, and when decisions come. */
export interface BudgetStore {
  /** Records in the order of the keys; undefined where nobody has leased anything. May lag behind by a moment. One call per 100 keys. */
  read(keys: readonly BudgetPeriodKey[]): Promise<readonly (BudgetRecord | undefined)[]>;
  /** One conditional write. A request that is made again answers as it did before and changes nothing. */
  lease(request: LeaseRequest): Promise<LeaseAnswer>;
  /** Decisions by hour of a day, UTC (`2026-03-10`); undefined where none were counted. */
  arrivals(day: string): Promise<ArrivalCurve | undefined>;
  /** Counts decisions of an hour. One write. */
  countArrivals(day: string, hour: number, decisions: number): Promise<void>;
}

/** What was taken of budgets for one decision. */
export interface Spending {
  readonly kind: 'taken';
  readonly uses: readonly BudgetUse[];
  readonly worthMinor: number;
  readonly atMs: number;
}

/** Budgets as one function has them: priced, and leased slice by slice. */
export interface Budgets {
  /** Counts one decision and answers what it may know of these budgets. One that can't be read in time is not in the answer. */
  view(budgets: readonly Budget[], nowMs: number): Promise<ReadonlyMap<string, BudgetView>>;
  /**
   * Takes amounts of several budgets for treatments worth so much before shadow prices, all or nothing. `short` names a budget that
   * has not enough or can't be reached in time: decide again without it. Only budgets of the latest view can be taken from.
   */
  take(
    uses: readonly BudgetUse[],
    worthMinor: number,
    nowMs: number,
  ): Promise<Spending | { readonly kind: 'short'; readonly budgetId: string }>;
  /** Gives back what a decision took that is not made after all. */
  giveBack(spending: Spending): void;
}

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

/** Keeps decisions for as long as dispositions may come. Ids that differ in their last two digits only are of one batch. */
export interface Decisions {
  /** Saves the decisions of one batch at once; `exists` when the batch was saved before. */
  save(decisions: readonly [Decision, ...Decision[]]): Promise<'saved' | 'exists'>;
  find(decisionId: string): Promise<Decision | undefined>;
}

/** The segments that a customer was in when that was last looked at. */
export interface StoredMembership {
  readonly customerId: string;
  /** What a save must still find; 0 when nothing is stored. */
  readonly version: number;
  readonly members: ReadonlySet<string>;
  /** When time alone changes it, in epoch milliseconds; `undefined` when it does not. */
  readonly nextChangeMs: number | undefined;
  /** Revision of the catalogue that its segments were taken from. */
  readonly revision: number;
}

/** Stores who is in which segment, and finds those for whom that is due to change. */
export interface Memberships {
  /** Always the latest. */
  load(customerId: string): Promise<StoredMembership>;
  /** Writes what was found at `atMs`, and remembers when it is due. `conflict` means that somebody else wrote first: look again. */
  save(
    before: StoredMembership,
    found: Pick<StoredMembership, 'members' | 'nextChangeMs' | 'revision'>,
    atMs: number,
  ): Promise<'saved' | 'conflict'>;
}

/** Customers whose segments change by the passing of time, by the day, UTC, on whose midnight they do. */
export interface DueMemberships {
  /** Hands over all customers that are due at a midnight, in runs; those of a run are forgotten once `wake` is done with it. */
  wakeAll(dueMs: number, wake: (customerIds: readonly string[]) => Promise<void>): Promise<void>;
}

/** Propensity models, for deciding. */
export interface Models {
  /**
   * Models of treatments, offers and channels, some seconds old at most; the same object as long as nothing was read anew. Throws
   * {@link ItemsUnreadError}.
   */
  load(keys: readonly ModelKey[]): Promise<KnownModels>;
}

/** What learning from a run of responses reads and writes. */
export interface SchoolRun {
  readonly models: readonly ModelKey[];
  readonly slots: readonly TaughtSlot[];
}

/** What was found, with the versions that a save must still find. */
export interface LoadedSchool extends Learned {
  readonly touched: SchoolRun;
  /** By the names of models and slots; none for what is not there yet. */
  readonly versions: ReadonlyMap<string, number>;
}

/** Propensity models, for learning: one read and one atomic write a run. */
export interface ModelSchool {
  /** Always the latest. */
  load(run: SchoolRun): Promise<LoadedSchool>;
  /** Writes all that changed or nothing. `conflict` means that somebody else wrote first: load and learn again. */
  save(loaded: LoadedSchool, changed: Learned, nowMs: number): Promise<'saved' | 'conflict'>;
}

/** Dispositions as they were told first, by the decision that they are about. */
export interface Dispositions {
  /** The decision, if it is known, and what was told of it by disposition id. Always the latest. */
  load(
    decisionId: string,
  ): Promise<{ readonly decision: ShownDecision | undefined; readonly told: ReadonlyMap<string, ToldDisposition> }>;
  /** Remembers a disposition unless it was told before. */
  save(told: ToldDisposition, nowMs: number): Promise<'saved' | 'exists'>;
}
