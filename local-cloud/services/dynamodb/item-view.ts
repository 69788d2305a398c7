import type { Stream } from 'node:stream';
import type { AttributeMap } from './attribute-value.ts';
import type { KeyRange } from './sorted-store.ts';
import type { DynaliteTable } from './table.ts';

type Done = (error?: unknown, value?: AttributeMap) => void;

/** What dynalite's actions call their store. Reads see committed items; a staged view also sees its own writes. */
export interface ItemView {
  readonly options: { readonly maxItemSize: number };
  getTable(name: string, done: (error: unknown, table?: DynaliteTable) => void): void;
  getItemDb(table: string): ItemDb;
  getIndexDb(kind: string, table: string, index: string): ItemDb;
}

/** Items of one table or index by dynalite's sortable key. */
export interface ItemDb {
  get(key: string, done: Done): void;
  put(key: string, item: AttributeMap, done: Done): void;
  del(key: string, done: Done): void;
  /** Writers are already one at a time, so the lock is free. */
  lock(key: string, body: (release: <T>(done: T) => T) => void): void;
  createValueStream(range: KeyRange): Stream;
}

/** One item of a view, by dynalite's key. Views answer at once, without a turn of the event loop. */
export function readItem(view: ItemView, table: string, key: string): AttributeMap | undefined {
  let found: AttributeMap | undefined;
  view.getItemDb(table).get(key, (_error, item) => {
    found = item;
  });
  return found;
}
