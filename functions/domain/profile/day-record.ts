import type { InteractionType } from '#domain/interaction/interaction.ts';
import { byCodeUnit } from '#domain/text/bounded-map.ts';
import { hash64 } from '#domain/text/stable-hash.ts';

/** One interaction as a timeline shows it. */
export interface TimelineEntry {
  readonly messageId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly type: InteractionType;
  readonly touchpoint: string;
  /** Name of the track event, page or screen. */
  readonly label?: string;
  readonly purchase?: { readonly orderId?: string; readonly currency: string; readonly revenueMinor: number };
}

/** What a persona did on one day (UTC, by event time). It makes repeats harmless: a message that is in it has no second effect. */
export interface DayRecord {
  /** The latest entries by message id. */
  readonly entries: ReadonlyMap<string, TimelineEntry>;
  /** Hashes of the ids of the day's other messages: see `hash64`. */
  readonly older: ReadonlySet<string>;
  /** The half hours with activity, as the bits of a 48-bit integer, that from midnight on lowest. */
  readonly slots: number;
}

/** A day record being written. */
export interface DayDraft extends DayRecord {
  readonly entries: Map<string, TimelineEntry>;
  readonly older: Set<string>;
  slots: number;
}

/** More entries of a day than these are for the lake to show: an item of DynamoDB holds 400 KB. */
export const mostEntries = 200;

const slotMs = 1_800_000;
const dayMs = 48 * slotMs;

/** A day without interactions. */
export function blankDay(): DayRecord {
  return { entries: new Map(), older: new Set(), slots: 0 };
}

/** A draft that shares nothing with the record. */
export function draftOfDay(day: DayRecord): DayDraft {
  return { entries: new Map(day.entries), older: new Set(day.older), slots: day.slots };
}

/** Whether the message was counted on this day. */
export function hasSeen(day: DayRecord, messageId: string): boolean {
  return day.entries.has(messageId) || (day.older.size > 0 && day.older.has(hash64(messageId)));
}

/**
 * Marks the half hour of a time as active and gives the sessions that this adds: −1, 0 or 1. A session is a run of active
 * half hours within a day, so that a new one between two others joins their sessions.
 */
export function markActive(day: DayDraft, at: number): number {
  const slot = Math.floor((((at % dayMs) + dayMs) % dayMs) / slotMs);
  if (isActive(day.slots, slot)) return 0;
  const neighbours = Number(isActive(day.slots, slot - 1)) + Number(isActive(day.slots, slot + 1));
  day.slots += 2 ** slot;
  return 1 - neighbours;
}

/** Keeps the latest entries and only the hashes of the others' ids. Which these are depends on the messages alone. */
export function keepLatest(day: DayDraft): void {
  if (day.entries.size <= mostEntries) return;
  for (const { messageId } of inOrder(day).slice(0, -mostEntries)) {
    day.entries.delete(messageId);
    day.older.add(hash64(messageId));
  }
}

/** The day's entries from the earliest on; equal times in the order of their message ids. */
export function inOrder(day: DayRecord): TimelineEntry[] {
  return [...day.entries.values()].sort((a, b) => a.at - b.at || byCodeUnit(a.messageId, b.messageId));
}

// The 48 bits fit in a number, but not in its bitwise operators.
function isActive(slots: number, slot: number): boolean {
  return slot >= 0 && Math.floor(slots / 2 ** slot) % 2 === 1;
}
