/** A day or order record that stands with the state: its JSON text, and when it may be forgotten (epoch seconds). */
export interface RecentRecord {
  readonly text: string;
  readonly expiresAt: number;
}

/** The records that stand with a persona's state, by the sort key that they would have as items of their own. */
export type RecentRecords = ReadonlyMap<string, RecentRecord>;

/** Once they take more bytes, packed together, or are more, the oldest move out, until half is left. */
const largest = { bytes: 1200, records: 24 };

/** Divides records into those that stay with the state and those that move out, so that the persona's item stays small. */
export function divideRecent(
  records: RecentRecords,
  bytesOf: (records: RecentRecords) => number,
  writtenAt: (sort: string, record: RecentRecord) => number,
): { readonly stay: RecentRecords; readonly moveOut: RecentRecords } {
  const fits = (some: RecentRecords, share: number) =>
    some.size <= largest.records * share && bytesOf(some) <= largest.bytes * share;
  if (fits(records, 1)) return { stay: records, moveOut: new Map() };
  const oldestFirst = [...records].sort(([a, x], [b, y]) => writtenAt(a, x) - writtenAt(b, y) || (a < b ? -1 : 1));
  const stay = new Map(oldestFirst);
  const moveOut = new Map<string, RecentRecord>();
  for (const [sort, record] of oldestFirst) {
    if (fits(stay, 0.5)) break;
    stay.delete(sort);
    moveOut.set(sort, record);
  }
  return { stay, moveOut };
}
