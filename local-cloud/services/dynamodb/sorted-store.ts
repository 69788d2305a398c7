import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** One change of a sorted store; values are JSON. */
export type StoreOperation =
  | { readonly type: 'put'; readonly key: string; readonly value: unknown }
  | { readonly type: 'del'; readonly key: string };

/** A stretch of keys, compared by their UTF-8 bytes. A limit below zero is none. */
export interface KeyRange {
  readonly gte?: string;
  readonly gt?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly limit?: number;
  readonly reverse?: boolean;
}

/** JSON values by key, in one SQLite file. */
export interface SortedStore {
  get(key: string): unknown;
  /** Shows the range in order until the visitor answers false. It does not wait in between, so that it sees one moment. */
  visit(range: KeyRange, visitor: (key: string, value: unknown) => boolean): void;
  /** Makes all changes or none. When it returns, they outlive the process, however that ends. */
  commit(operations: readonly StoreOperation[]): void;
  close(): void;
}

/**
 * What is committed is in the operating system's hands and outlives a kill of the process. The disk is asked to keep it at
 * checkpoints only (`synchronous=NORMAL`, https://sqlite.org/wal.html): a power cut can take the last seconds, never a part of a
 * commit. One cloud at a time has the file. A checkpoint holds everything up, so it waits for 64 MB; items are some kilobytes,
 * and half of them fit a page of eight.
 */
const settings = `
  PRAGMA page_size = 8192;
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA wal_autocheckpoint = 8000;
  PRAGMA cache_size = -32768;
  CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT;
`;

/** Opens the store in a folder, or in memory when there is none. Throws when another process has it open. */
export function openSortedStore(folder?: string): SortedStore {
  const database = openDatabase(folder);
  const found = database.prepare('SELECT value FROM entries WHERE key = ?');
  const put = database.prepare(
    'INSERT INTO entries (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const remove = database.prepare('DELETE FROM entries WHERE key = ?');
  const visits = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    const statement = visits.get(sql) ?? database.prepare(sql);
    visits.set(sql, statement);
    return statement;
  };

  return {
    get: (key) => parse(found.get(key)?.value),
    visit({ limit = -1, reverse = false, ...bounds }, visitor) {
      const { conditions, keys } = conditionsOf(bounds);
      const sql = `SELECT key, value FROM entries WHERE ${conditions} ORDER BY key ${reverse ? 'DESC' : 'ASC'} LIMIT ?`;
      for (const { key, value } of prepared(sql).iterate(...keys, limit))
        if (!visitor(String(key), parse(value))) return;
    },
    commit(operations) {
      database.exec('BEGIN');
      try {
        for (const operation of operations) {
          if (operation.type === 'put') put.run(operation.key, JSON.stringify(operation.value));
          else remove.run(operation.key);
        }
        database.exec('COMMIT');
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => database.close(),
  };
}

function openDatabase(folder: string | undefined): DatabaseSync {
  if (folder === undefined) return settled(':memory:', 'memory');
  // LevelDB's name for the file that says which of its files count. Its data would be silently left out.
  if (existsSync(join(folder, 'CURRENT')))
    throw new Error(
      `${folder} was written by a version that kept items in LevelDB; start with an empty state directory`,
    );
  mkdirSync(folder, { recursive: true });
  return settled(join(folder, 'items.sqlite'), folder);
}

function settled(path: string, place: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec(settings);
    return database;
  } catch (cause) {
    database.close();
    throw new Error(`The items in ${place} can't be opened; does another local cloud run on this state directory?`, {
      cause,
    });
  }
}

function conditionsOf({ gte, gt, lt, lte }: KeyRange): {
  readonly conditions: string;
  readonly keys: readonly string[];
} {
  const bounds = [
    ['>=', gte],
    ['>', gt],
    ['<', lt],
    ['<=', lte],
  ].filter(([, key]) => key !== undefined);
  return {
    conditions: ['TRUE', ...bounds.map(([comparison]) => `key ${comparison} ?`)].join(' AND '),
    keys: bounds.map(([, key = '']) => key),
  };
}

function parse(stored: unknown): unknown {
  return stored === undefined ? undefined : JSON.parse(String(stored));
}
