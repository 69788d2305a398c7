import type { AttributeMap } from './attribute-value.ts';
import { runItemAction } from './item-actions.ts';
import type { ItemStore } from './item-store.ts';
import { readItem } from './item-view.ts';
import type { StoreOperation } from './sorted-store.ts';
import type { StreamLog } from './stream-log.ts';
import { keyNames, type Table } from './table.ts';

/** The service leaves items alone whose time lies more than five years back (they are taken for mistakes). */
const ignoredAfterSeconds = 5 * 365 * 24 * 60 * 60;

/** Keeps an index of expiry times beside the items, so that a sweep reads only what has expired. */
export function indexExpiries(store: ItemStore): void {
  store.companion((changes) =>
    changes.flatMap(({ table, itemKey, before, after }) => {
      const old = expirySeconds(table, before);
      const now = expirySeconds(table, after);
      if (old === now) return [];
      const operations: StoreOperation[] = [];
      if (old !== undefined) operations.push({ type: 'del', key: indexKey(table, old, itemKey) });
      if (now !== undefined) operations.push({ type: 'put', key: indexKey(table, now, itemKey), value: itemKey });
      return operations;
    }),
  );
}

/** Deletes the items of a table whose time has passed and gives their number. AWS does the same within a few days. */
export async function deleteExpired(store: ItemStore, log: StreamLog, table: Table, nowMs: number): Promise<number> {
  const nowSeconds = Math.floor(nowMs / 1000);
  const due = store.entries({
    gte: `ttl~${table.name}~${sortable(nowSeconds - ignoredAfterSeconds)}`,
    lt: `ttl~${table.name}~${sortable(nowSeconds)}`,
  });
  let deleted = 0;
  for (const [, itemKey] of due) {
    if (typeof itemKey !== 'string') continue;
    await store.write(async (view) => {
      const item = readItem(view, table.name, itemKey);
      const seconds = expirySeconds(table, item);
      if (item === undefined || seconds === undefined || seconds >= nowSeconds) return;
      log.byService(itemKey);
      await runItemAction('DeleteItem', { TableName: table.name, Key: keyOf(table, item) }, view);
      deleted += 1;
    });
  }
  return deleted;
}

function expirySeconds(table: Table, item: AttributeMap | undefined): number | undefined {
  if (table.expiresAttribute === undefined) return undefined;
  const text = item?.[table.expiresAttribute]?.N;
  const seconds = text === undefined ? Number.NaN : Math.floor(Number(text));
  return seconds >= 0 && Number.isSafeInteger(seconds) ? seconds : undefined;
}

function keyOf(table: Table, item: AttributeMap): AttributeMap {
  return Object.fromEntries(keyNames(table).flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])));
}

function indexKey(table: Table, seconds: number, itemKey: string): string {
  return `ttl~${table.name}~${sortable(seconds)}~${itemKey}`;
}

function sortable(seconds: number): string {
  return Math.max(0, seconds).toString().padStart(16, '0');
}
