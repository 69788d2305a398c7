import { dayNumberOf } from '#domain/calendar/days.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { type Keeping, keepingOf } from '#domain/text/keeping.ts';
import { hash64 } from '#domain/text/stable-hash.ts';
import { claimSourceOf } from './claims.ts';
import { blankDay, type DayDraft, type DayRecord, draftOfDay, hasSeen, keepLatest } from './day-record.ts';
import { type Digest, digestOf, timelineEntry } from './digest.ts';
import { settleOldOrders } from './kept-orders.ts';
import type { OrderRecord } from './order-record.ts';
import { draftOfState, emptyState, type PersonaState } from './persona-state.ts';
import { profileSignals } from './profile-signals.ts';
import { encodeState } from './state-codec.ts';
import { watermarkOf } from './watermark.ts';

// Each interaction meets them all: to look into eighteen definitions of different forms takes a fifth of the fold's time.
const hears = profileSignals.flatMap(({ hear }) => hear ?? []);
const forgets = profileSignals.flatMap(({ forget }) => forget ?? []);
const counts = profileSignals.flatMap(({ count }) => count ?? []);

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
  let watermark = watermarkOf(state.seen?.last ?? Number.NEGATIVE_INFINITY);

  for (const interaction of interactions) {
    const digest = digestOf(interaction);
    const told = { interaction, digest, claimSource: claimSourceOf(interaction), keeping };
    for (const hear of hears) hear(state, told);
    const last = state.seen?.last ?? digest.at;
    if (dayNumberOf(last) !== watermark.day) {
      watermark = watermarkOf(last);
      for (const forget of forgets) forget(state, watermark);
    }
    if (isKnown(memory, days, digest)) {
      repeated.push(interaction);
      continue;
    }
    const day = dayToWrite(memory, days, digest.day);
    day.entries.set(digest.messageId, timelineEntry(interaction, digest));
    if (digest.toldDay !== digest.day) dayToWrite(memory, days, digest.toldDay).older.add(hash64(digest.messageId));
    const counted = { ...told, day, settled: memory.orders, watermark };
    for (const count of counts) count(state, counted);
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
