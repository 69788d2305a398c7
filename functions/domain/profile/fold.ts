import { dayNumberOf, monthOf } from '#domain/calendar/days.ts';
import { writeConsent } from '#domain/consent/consent-registers.ts';
import { consentWords } from '#domain/consent/consent-words.ts';
import { firstSeenMs } from '#domain/identity/first-seen-ms.ts';
import { provenLinks } from '#domain/identity/proven-links.ts';
import { sightPeriod } from '#domain/identity/sight-period.ts';
import { firstWord } from '#domain/identity/word.ts';
import { wordsOf } from '#domain/identity/words-of.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { isOwnKey } from '#domain/interaction/standing.ts';
import { isPersonalTrait, withoutAddresses } from '#domain/privacy/personal-data.ts';
import { dispositionEvent } from '#domain/vocabulary/disposition-event.ts';
import { join, sum } from '../text/bounded-map.ts';
import { boundedName } from '../text/bounded-name.ts';
import { type Keeping, keepingOf, type NameKind } from '../text/keeping.ts';
import { hash64 } from '../text/stable-hash.ts';
import { eventWindow } from './activity.ts';
import { addToBucket, type Buckets, type BucketWindow } from './calendar-buckets.ts';
import { claimedRoom, claimSourceOf, claimsOf, sourceOf, type WordsDraft } from './claims.ts';
import { addTouches, advance } from './combine.ts';
import { blankDay, type DayDraft, type DayRecord, draftOfDay, hasSeen, keepLatest, markActive } from './day-record.ts';
import { type Digest, digestOf, timelineEntry } from './digest.ts';
import { categoryInterest, productInterest } from './interests.ts';
import { countOrder, settleOldOrders } from './kept-orders.ts';
import type { OrderRecord } from './order-record.ts';
import {
  draftOfState,
  emptyState,
  mostArrivals,
  mostLinks,
  mostNames,
  type PersonaState,
  type StateDraft,
} from './persona-state.ts';
import { countUnnamed, mention } from './purchases.ts';
import { responseName, responseWindow } from './responses.ts';
import { encodeState } from './state-codec.ts';
import { largestTraitBytes, mostPersonalTraits, mostTraits, writeTrait } from './traits.ts';
import { laterZone, zoneTold } from './zone.ts';

/** A persona's memory: its state, and the records that keep repeats from counting, by day and by key of orders that the state settled. */
export interface Memory {
  readonly state: PersonaState;
  readonly days: ReadonlyMap<string, DayRecord>;
  readonly orders: ReadonlyMap<string, OrderRecord>;
  /** Whether a message was counted on a day that stands with the state and is not among `days`. */
  readonly isKnownBesides?: (messageId: string) => boolean;
}

/** What applying interactions gives: the new state and the records that changed, and no others. */
export interface Applied extends Memory {
  readonly applied: readonly Interaction[];
  /** Whether the state is another one than before: it may be by a repeat that arrived at another time. */
  readonly isChanged: boolean;
  /** Interactions that had been applied before. */
  readonly repeated: readonly Interaction[];
}

/**
 * Applies interactions of one persona to its memory, of which the records named by `touches` are enough; records that are not
 * there are blank. Any order and any repeats of the same interactions give the same memory.
 */
export function applyInteractions(
  memory: Memory,
  interactions: readonly Interaction[],
  keeping: Keeping = keepingOf(''),
): Applied {
  const state = draftOfState(memory.state);
  const days = new Map<string, DayDraft>();
  const applied: Interaction[] = [];
  const repeated: Interaction[] = [];

  for (const interaction of interactions) {
    const digest = digestOf(interaction);
    countArrival(state, interaction, digest, keeping);
    saySo(state, interaction, digest, keeping);
    if (isKnown(memory, days, digest)) {
      repeated.push(interaction);
      continue;
    }
    const day = dayToWrite(memory, days, digest.day);
    day.entries.set(digest.messageId, timelineEntry(interaction, digest));
    if (digest.toldDay !== digest.day) dayToWrite(memory, days, digest.toldDay).older.add(hash64(digest.messageId));
    if (isActivity(interaction)) state.sessions += markActive(day, digest.at);

    countMoney(state, memory.orders, digest);
    count(state, interaction, digest, keeping);
    applied.push(interaction);
  }
  for (const day of days.values()) keepLatest(day);
  const isChanged = applied.length > 0 || encodeState(state) !== encodeState(memory.state);
  return { state, days, orders: settleOldOrders(state), applied, isChanged, repeated };
}

/** Whether a message was counted, on its day or on another one of which the memory knows. */
function isKnown(memory: Memory, days: ReadonlyMap<string, DayRecord>, { messageId }: Digest): boolean {
  for (const known of [days, memory.days]) {
    for (const day of known.values()) if (hasSeen(day, messageId)) return true;
  }
  return memory.isKnownBesides?.(messageId) ?? false;
}

function dayToWrite(memory: Memory, days: Map<string, DayDraft>, name: string): DayDraft {
  const day = days.get(name) ?? draftOfDay(memory.days.get(name) ?? blankDay());
  days.set(name, day);
  return day;
}

function countMoney(state: StateDraft, settled: Memory['orders'], { orderKey, commerce, at, isPublic }: Digest): void {
  if (commerce.purchase) mention(state, commerce.purchase.currency, at);
  if (orderKey === undefined) countUnnamed(state, commerce, at);
  else countOrder(state, settled, { orderKey, at, isPublic, commerce });
}

/** Folds interactions of one persona into its whole memory. */
export function fold(memory: Memory, interactions: readonly Interaction[], keeping?: Keeping): Applied {
  const next = applyInteractions(memory, interactions, keeping);
  return {
    ...next,
    days: new Map([...memory.days, ...next.days]),
    orders: new Map([...memory.orders, ...next.orders].filter(([key]) => !next.state.orders.has(key))),
  };
}

/** The memory of a persona without interactions. */
export function personaMemory(): Memory {
  return { state: emptyState(), days: new Map(), orders: new Map() };
}

/** Whether it shows that somebody was there: identify, group and alias calls and dispositions are made by systems. */
function isActivity({ type, event }: Interaction): boolean {
  return type === 'page' || type === 'screen' || (type === 'track' && event !== dispositionEvent);
}

function count(state: StateDraft, interaction: Interaction, digest: Digest, keeping: Keeping): void {
  const { at, campaign } = digest;
  const room = (kind: NameKind) => keeping.room(kind, mostNames);
  state.types.set(interaction.type, sum(state.types.get(interaction.type) ?? 0, 1));
  join(state.touchpoints, boundedName(interaction.touchpoint), 1, sum, room('touchpoints'));
  if (interaction.channel) {
    join(state.channels, boundedName(withoutAddresses(interaction.channel)), 1, sum, room('channels'));
  }
  if (interaction.groupId) join(state.groups, boundedName(interaction.groupId), at, Math.max, room('groups'));
  for (const { key } of provenLinks(interaction)) {
    join(state.links, key, at, Math.min, keeping.room('links', mostLinks));
    join(state.sights, key, sightPeriod(at), Math.max, keeping.room('links', mostLinks));
  }
  if (campaign) join(state.campaigns, campaign, { count: 1, first: at, last: at }, addTouches, room('campaigns'));
  countInterests(state, digest, keeping);
  countDay(state, interaction, digest, keeping);
}

/**
 * What an interaction says of the customer. Every arrival of it says so: a repeat has its own arrival and place in a request, and which
 * of them is looked at first must not matter. What is said again is what was said, by the time at which it happened.
 */
function saySo(state: StateDraft, interaction: Interaction, digest: Digest, keeping: Keeping): void {
  const source = claimSourceOf(interaction);
  const words = source === undefined ? state : claimsOf(state.claims, source, digest.receivedAt);
  if (words === undefined) return;
  writeWords(words, interaction, digest, source === undefined ? touchpointRoom : claimedRoom, keeping);
}

const touchpointRoom = { traits: mostTraits, personalTraits: mostPersonalTraits, bytes: largestTraitBytes } as const;

/** Writes what an interaction says of the customer: consents, time zone, traits. */
function writeWords(
  words: WordsDraft,
  interaction: Interaction,
  digest: Digest,
  room: { readonly traits: number; readonly personalTraits: number; readonly bytes: number },
  keeping: Keeping,
): void {
  for (const word of consentWords(interaction)) {
    writeConsent(words.consents, word, { source: sourceOf(interaction), moment: digest, keeping });
  }
  words.zone = laterZone(words.zone, zoneTold(interaction, digest));
  // The traits of a group call are the group's.
  if (interaction.type === 'group') return;
  for (const [key, value] of Object.entries(interaction.traits)) {
    const [traits, others] = isPersonalTrait(key)
      ? [words.personalTraits, room.personalTraits]
      : [words.traits, room.traits];
    writeTrait(traits, key, value, digest, { room: keeping.room('traits', others), bytes: room.bytes });
  }
}

/**
 * What depends on when an interaction arrived, which is earliest for its first delivery: whichever was applied first, all of them
 * have a say, so that a repeat changes nothing only when it is no earlier.
 */
function countArrival(state: StateDraft, interaction: Interaction, { at, receivedAt }: Digest, keeping: Keeping): void {
  advance(state, { first: firstSeenMs(interaction), last: at });
  const [primary, ...others] = interaction.identifiers ?? [];
  if (primary === undefined) return;
  if (!isOwnKey(primary.key)) state.heard = firstWord(state.heard, wordsOf(interaction)[0]?.word);
  const proven = new Set(provenLinks(interaction));
  for (const other of others) {
    if (proven.has(other) && isOwnKey(other.key)) continue;
    join(state.arrivals, other.key, receivedAt, Math.min, keeping.room('links', mostArrivals));
  }
}

/** One interaction is one sign of interest in a product or category, however often it names it. */
function countInterests(state: StateDraft, { at, commerce }: Digest, keeping: Keeping): void {
  if (commerce.products.length === 0) return;
  const month = monthOf(at);
  const watermarkMonth = state.seen ? monthOf(state.seen.last) : month;
  const products = new Set(commerce.products.flatMap(({ productId }) => productId ?? []));
  const categories = new Set(commerce.products.flatMap(({ category }) => category ?? []));
  const add = (target: Buckets, window: BucketWindow, kind: NameKind, names: ReadonlySet<string>) => {
    const room = keeping.room(kind, window.names);
    for (const name of names) addToBucket(target, window, watermarkMonth, month, boundedName(name), room);
  };
  add(state.products, productInterest, 'products', products);
  add(state.categories, categoryInterest, 'categories', categories);
}

/** Counts what happened on the day of the interaction: the event, and what was done with a treatment. */
function countDay(state: StateDraft, interaction: Interaction, { at }: Digest, keeping: Keeping): void {
  const day = dayNumberOf(at);
  const watermark = dayNumberOf(state.seen?.last ?? at);
  if (interaction.type === 'track' && interaction.event !== undefined) {
    const name = boundedName(withoutAddresses(interaction.event));
    addToBucket(state.events, eventWindow, watermark, day, name, keeping.room('events', eventWindow.names));
  }
  const response = responseName(interaction);
  if (response !== undefined) {
    const room = keeping.room('responses', responseWindow.names);
    addToBucket(state.responses, responseWindow, watermark, day, response, room);
  }
}
