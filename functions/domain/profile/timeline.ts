import { byCodeUnit } from '#domain/text/bounded-map.ts';
import { type DayRecord, inOrder, type TimelineEntry } from './day-record.ts';

/** A place in a timeline: entries are told apart by time and, at the same time, by message id. */
export interface TimelinePoint {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly messageId: string;
}

/** Entries newest first. */
export interface TimelinePage {
  readonly entries: readonly TimelineEntry[];
  /** Whether nothing older is kept where the page comes from. */
  readonly isComplete: boolean;
}

/** Sorts the newest first, the larger message id first at the same time. */
export function newestFirst(a: TimelinePoint, b: TimelinePoint): number {
  return b.at - a.at || byCodeUnit(b.messageId, a.messageId);
}

/** Whether an entry stands strictly after a point, that is, further in the past. */
export function isOlder(entry: TimelinePoint, point: TimelinePoint): boolean {
  return newestFirst(point, entry) < 0;
}

/** One timeline from several: newest first, each message once, at most `limit`. */
export function mergeTimelines(timelines: readonly (readonly TimelineEntry[])[], limit: number): TimelineEntry[] {
  const byMessage = new Map<string, TimelineEntry>();
  for (const entry of timelines.flat()) byMessage.set(entry.messageId, byMessage.get(entry.messageId) ?? entry);
  return [...byMessage.values()].sort(newestFirst).slice(0, limit);
}

/** Days from one source. */
export interface KeptDays {
  readonly days: readonly DayRecord[];
  /** Start of the oldest day that is surely there, in epoch milliseconds; absent when the source has no older ones. */
  readonly completeFrom: number | undefined;
}

/**
 * The page of entries after a point that several sources give together. It ends where any of them may lack something, so that
 * the next page finds it.
 */
export function recentPage(sources: readonly KeptDays[], until: TimelinePoint, limit: number): TimelinePage {
  const from = Math.max(
    Number.NEGATIVE_INFINITY,
    ...sources.map((source) => source.completeFrom ?? Number.NEGATIVE_INFINITY),
  );
  const timelines = sources
    .flatMap(({ days }) => days)
    .map((day) => inOrder(day).filter((entry) => isOlder(entry, until) && entry.at >= from));
  const entries = mergeTimelines(timelines, limit + 1);
  return { entries: entries.slice(0, limit), isComplete: Number.isFinite(from) ? false : entries.length <= limit };
}

/** The point of an entry as an opaque text for a page's `nextCursor`. */
export function cursorOf({ at, messageId }: TimelinePoint): string {
  return Buffer.from(JSON.stringify([at, messageId]), 'utf8').toString('base64url');
}

/** Reads a cursor; `undefined` when it is none. */
export function pointOfCursor(cursor: string): TimelinePoint | undefined {
  try {
    const [at, messageId]: unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Number.isSafeInteger(at) && typeof at === 'number' && typeof messageId === 'string'
      ? { at, messageId }
      : undefined;
  } catch {
    return undefined;
  }
}
