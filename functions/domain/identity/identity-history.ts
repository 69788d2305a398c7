import * as z from 'zod';
import { IdentityEvent } from './identity-change.ts';

/** Something that happened to a cluster, as it is kept with it. The links themselves tell when they were recorded. */
export const HistoryEntry = z.object({ atMs: z.int(), event: IdentityEvent });
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** Older entries are for the lake to tell. Characters count as JSON has them: some entries name many customers. */
const mostHistory = { entries: 200, characters: 80_000 };

/** The newest entries of both, oldest first. A cut's sides are with the cut. */
export function extendHistory(
  history: readonly HistoryEntry[],
  events: readonly IdentityEvent[],
  atMs: number,
): HistoryEntry[] {
  const added = events
    .filter(({ kind }) => kind !== 'link' && kind !== 'customer')
    .map((event): HistoryEntry => ({ atMs, event: event.kind === 'cut' ? { ...event, left: [], right: [] } : event }));
  const newest = [...history, ...added].sort((a, b) => a.atMs - b.atMs).slice(-mostHistory.entries);
  let characters = 0;
  const first = newest.findLastIndex((entry) => {
    characters += JSON.stringify(entry).length;
    return characters > mostHistory.characters;
  });
  return newest.slice(first + 1);
}
