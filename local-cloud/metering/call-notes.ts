import { AsyncLocalStorage } from 'node:async_hooks';

/** Bytes of one item that a call touched, before it and (when it was written) after it; 0 where there is none. */
export interface TouchedItem {
  readonly table: string;
  before: number;
  after: number;
}

/** What the services note about a call while it runs, because its input and output don't tell. */
export interface CallNotes {
  /** By table and key, in the order in which the call came to them. */
  readonly items: Map<string, TouchedItem>;
  /** By index and key: entries that the call put into an index, or took out of it. */
  readonly indexEntries: Map<string, TouchedItem>;
  archivedBytes: number;
  /** Partitions that the query which was asked about has listed. */
  listedPartitions: number;
}

const current = new AsyncLocalStorage<CallNotes>();

/** Runs a call's work; what services note meanwhile is told to `notes`. Calls inside the call have notes of their own. */
export function withNotes<Result>(notes: CallNotes, work: () => Promise<Result>): Promise<Result> {
  return current.run(notes, work);
}

export function emptyNotes(): CallNotes {
  return { items: new Map(), indexEntries: new Map(), archivedBytes: 0, listedPartitions: 0 };
}

/** Notes that the running call looked at an item of so many bytes, or at a key that holds none. */
export function noteItemRead(table: string, key: string, bytes: number): void {
  const items = current.getStore()?.items;
  if (items !== undefined && !items.has(key)) items.set(key, { table, before: bytes, after: 0 });
}

/** Notes that the running call put an item of so many bytes in the place of another; 0 bytes say that it deleted it. */
export function noteItemWrite(table: string, key: string, before: number, after: number): void {
  noteWrite(current.getStore()?.items, table, key, before, after);
}

/** The same of an entry of an index. */
export function noteIndexWrite(index: string, key: string, before: number, after: number): void {
  noteWrite(current.getStore()?.indexEntries, index, key, before, after);
}

function noteWrite(
  written: Map<string, TouchedItem> | undefined,
  table: string,
  key: string,
  before: number,
  after: number,
): void {
  const known = written?.get(key);
  if (known === undefined) written?.set(key, { table, before, after });
  else known.after = after;
}

/** Notes bytes of an event that went to an archive. */
export function noteArchived(bytes: number): void {
  const notes = current.getStore();
  if (notes !== undefined) notes.archivedBytes += bytes;
}

/** Notes how many partitions the query has listed that the running call asks about. */
export function noteListed(partitions: number): void {
  const notes = current.getStore();
  if (notes !== undefined) notes.listedPartitions = partitions;
}
