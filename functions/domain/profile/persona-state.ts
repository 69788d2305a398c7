import { blankConsents, draftOfConsents } from '#domain/consent/consent-registers.ts';
import type { Word } from '#domain/identity/word.ts';
import type { InteractionType } from '#domain/interaction/interaction.ts';
import { type Buckets, copyBuckets, type ReadonlyBuckets } from './calendar-buckets.ts';
import { type ClaimsBySource, type ClaimsDrafts, draftsOfClaims, type Words, type WordsDraft } from './claims.ts';
import type { OrderRecord } from './order-record.ts';
import type { PurchaseSum } from './purchases.ts';
import type { Span } from './span.ts';

/** A name's number of interactions and when they were. */
export interface Touches extends Span {
  readonly count: number;
}

/**
 * What is known of one persona: a commutative summary of its interactions, bounded whatever they are. Its own words are those of
 * trusted touchpoints. All but the personal traits and the groups can be folded from the lake again.
 */
export interface PersonaState extends Words {
  /** Times of the first and the last interaction; the last one is the watermark of the interests' windows. */
  readonly seen: Span | undefined;
  readonly types: ReadonlyMap<InteractionType, number>;
  readonly touchpoints: ReadonlyMap<string, number>;
  readonly channels: ReadonlyMap<string, number>;
  readonly sessions: number;
  /** Sums by currency, without the orders below: see `purchasesOf`. */
  readonly purchases: ReadonlyMap<string, PurchaseSum>;
  /** The latest orders by hash of their id. */
  readonly orders: ReadonlyMap<string, OrderRecord>;
  readonly products: ReadonlyBuckets;
  readonly categories: ReadonlyBuckets;
  /** Track events by day, UTC. */
  readonly events: ReadonlyBuckets;
  /** Minor units paid by day, UTC, and currency, without the orders above: see `spendOf`. */
  readonly spend: ReadonlyBuckets;
  /** Dispositions by day, UTC: see `responsesIn`. */
  readonly responses: ReadonlyBuckets;
  readonly campaigns: ReadonlyMap<string, Touches>;
  /** Groups and when they were last named, in epoch milliseconds. */
  readonly groups: ReadonlyMap<string, number>;
  /** What was said with public keys: see `customerState`. */
  readonly claims: ClaimsBySource;
  /** Identifiers (`type:hash`) that came together with the primary one, and when first, in epoch milliseconds. */
  readonly links: ReadonlyMap<string, number>;
  /** The last period in which each of them did: see `sightPeriod`. */
  readonly sights: ReadonlyMap<string, number>;
  /** Those of them that others may know or that are only claimed, and when first they arrived, in epoch milliseconds. */
  readonly arrivals: ReadonlyMap<string, number>;
  /** Who told first of the primary identifier; of one that belongs to a browser or device alone there is none. */
  readonly heard: Word | undefined;
}

/** A state being written. */
export interface StateDraft extends PersonaState, WordsDraft {
  seen: Span | undefined;
  readonly types: Map<InteractionType, number>;
  readonly touchpoints: Map<string, number>;
  readonly channels: Map<string, number>;
  sessions: number;
  readonly purchases: Map<string, PurchaseSum>;
  readonly orders: Map<string, OrderRecord>;
  readonly products: Buckets;
  readonly categories: Buckets;
  readonly events: Buckets;
  readonly spend: Buckets;
  readonly responses: Buckets;
  readonly campaigns: Map<string, Touches>;
  readonly groups: Map<string, number>;
  readonly traits: WordsDraft['traits'];
  readonly personalTraits: WordsDraft['personalTraits'];
  readonly consents: WordsDraft['consents'];
  zone: WordsDraft['zone'];
  readonly claims: ClaimsDrafts;
  readonly links: Map<string, number>;
  readonly sights: Map<string, number>;
  readonly arrivals: Map<string, number>;
  heard: Word | undefined;
}

/** Most touchpoints, channels, campaigns and groups that a state keeps, of each. */
export const mostNames = 32;

/** Most links that a state remembers; the graph of identities has them all. */
export const mostLinks = 128;

/** Most arrivals that a state remembers: anybody can claim to be somebody, and an item's size is its price. */
export const mostArrivals = 8;

/** The state of a persona without interactions: the identity of `combine`. */
export function emptyState(): PersonaState {
  return {
    seen: undefined,
    types: new Map(),
    touchpoints: new Map(),
    channels: new Map(),
    sessions: 0,
    purchases: new Map(),
    orders: new Map(),
    products: new Map(),
    categories: new Map(),
    events: new Map(),
    spend: new Map(),
    responses: new Map(),
    campaigns: new Map(),
    groups: new Map(),
    traits: new Map(),
    personalTraits: new Map(),
    consents: blankConsents(),
    claims: new Map(),
    links: new Map(),
    sights: new Map(),
    arrivals: new Map(),
    heard: undefined,
    zone: undefined,
  };
}

/** A draft that shares nothing with the state. */
export function draftOfState(state: PersonaState): StateDraft {
  return {
    seen: state.seen,
    types: new Map(state.types),
    touchpoints: new Map(state.touchpoints),
    channels: new Map(state.channels),
    sessions: state.sessions,
    purchases: new Map(state.purchases),
    orders: new Map(state.orders),
    products: copyBuckets(state.products),
    categories: copyBuckets(state.categories),
    events: copyBuckets(state.events),
    spend: copyBuckets(state.spend),
    responses: copyBuckets(state.responses),
    campaigns: new Map(state.campaigns),
    groups: new Map(state.groups),
    traits: new Map(state.traits),
    personalTraits: new Map(state.personalTraits),
    consents: draftOfConsents(state.consents),
    claims: draftsOfClaims(state.claims),
    links: new Map(state.links),
    sights: new Map(state.sights),
    arrivals: new Map(state.arrivals),
    heard: state.heard,
    zone: state.zone,
  };
}
