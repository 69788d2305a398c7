import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import { parseJson } from '#shared/parse.ts';

/** A day or order record that stands with the state: its JSON text, and when it may be forgotten (epoch seconds). */
export interface RecentRecord {
  readonly text: string;
  readonly expiresAt: number;
}

/** The records that stand with a persona's state, by the sort key that they would have as items of their own. */
export type RecentRecords = ReadonlyMap<string, RecentRecord>;

/** Once they take more bytes, deflated together, or are more, the oldest move out, until half is left. */
const largest = { bytes: 1200, records: 24 };

const Stored = z.record(z.string(), z.tuple([z.int(), z.string()]));

/** The records as one deflated text: together they take far less than each alone. */
export function packRecent(records: RecentRecords): Uint8Array {
  const stored = Object.fromEntries([...records].map(([sort, { expiresAt, text }]) => [sort, [expiresAt, text]]));
  return deflateRawSync(Buffer.from(JSON.stringify(stored), 'utf8'));
}

/** Reads what {@link packRecent} made. Throws {@link UnexpectedShapeError}. */
export function unpackRecent(bytes: Uint8Array): RecentRecords {
  const stored = parseJson(Stored, inflateRawSync(bytes).toString('utf8'), 'The recent records of a persona');
  return new Map(Object.entries(stored).map(([sort, [expiresAt, text]]) => [sort, { expiresAt, text }]));
}

/** Divides records into those that stay with the state and those that move out, so that the persona's item stays small. */
export function divideRecent(records: RecentRecords): {
  readonly stay: RecentRecords;
  readonly moveOut: RecentRecords;
} {
  if (fits(records, 1)) return { stay: records, moveOut: new Map() };
  const oldestFirst = [...records].sort(([a, { expiresAt: x }], [b, { expiresAt: y }]) => x - y || (a < b ? -1 : 1));
  const stay = new Map(oldestFirst);
  const moveOut = new Map<string, RecentRecord>();
  for (const [sort, record] of oldestFirst) {
    if (fits(stay, 0.5)) break;
    stay.delete(sort);
    moveOut.set(sort, record);
  }
  return { stay, moveOut };
}

function fits(records: RecentRecords, share: number): boolean {
  return records.size <= largest.records * share && packRecent(records).length <= largest.bytes * share;
}
