import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '#local-cloud/cloud/record.ts';
import type { ServiceError } from '#local-cloud/cloud/service.ts';
import { noteIndexWrite, noteItemRead, noteItemWrite } from '#local-cloud/metering/call-notes.ts';
import { type AttributeMap, itemBytes } from './attribute-value.ts';
import { dynamoDbError } from './errors.ts';
import { groupCommit } from './group-commit.ts';
import type { ItemDb, ItemView } from './item-view.ts';
import { type KeyRange, openSortedStore, type StoreOperation } from './sorted-store.ts';
import type { Table } from './table.ts';
import { valueStream } from './value-stream.ts';

/** Limit of one item, names included. */
const maximumItemBytes = 400 * 1024;

/** An item before and after a write; both absent or equal when the write changed nothing. */
export interface ItemChange {
  readonly table: Table;
  readonly itemKey: string;
  readonly before: AttributeMap | undefined;
  readonly after: AttributeMap | undefined;
}

/** What is stored together with the items of one write, in the same atomic batch. */
export type Companion = (changes: readonly ItemChange[]) => readonly StoreOperation[];

/** Items, indexes and what belongs to them in one store; every write is atomic, and writes go one at a time. */
export interface ItemStore {
  readonly view: ItemView;
  addTable(table: Table): void;
  table(name: string): Table;
  tableNames(): readonly string[];
  /**
   * Runs the work on a staged view and commits what it wrote, all or (when it throws, or the process dies) nothing.
   * `extra` is stored in the same batch. Writes that wait at the same time see each other's effects and share a batch.
   */
  write<T>(work: Work<T>): Promise<T>;
  /** Runs the work while no write runs, so that it sees one moment. */
  read<T>(work: (view: ItemView) => Promise<T>): Promise<T>;
  companion(companion: Companion): void;
  onCommit(listener: (changes: readonly ItemChange[]) => void): void;
  get(key: string): unknown;
  entries(range: KeyRange): readonly (readonly [key: string, value: unknown])[];
  close(): Promise<void>;
}

type Work<T> = (view: ItemView, extra: StoreOperation[]) => Promise<T>;
/** What writes put under keys, undefined where they deleted. */
type Staged = Map<string, AttributeMap | undefined>;
/** Writes that are stored together: what the earlier ones put, and all that goes to the disk. */
interface Batch {
  readonly earlier: Staged;
  readonly operations: StoreOperation[];
}

/** Opens the store in a folder, or in memory when there is none. */
export function openItemStore(folder?: string): ItemStore {
  const store = openSortedStore(folder);
  const tables = new Map<string, Table>();
  const companions: Companion[] = [];
  const listeners: ((changes: readonly ItemChange[]) => void)[] = [];
  const exclusively = oneAtATime();

  const table = (name: string): Table => {
    const found = tables.get(name);
    if (found === undefined) throw dynamoDbError('ResourceNotFoundException', 'Requested resource not found');
    return found;
  };

  const getTable: ItemView['getTable'] = (name, done) => {
    const found = tables.get(name);
    if (found === undefined)
      done(dynamoDbError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`));
    else done(null, found.schema);
  };

  const viewOver = (staged: Staged, before: Map<string, ItemChange>, earlier: Staged = new Map()): ItemView => {
    const find = (key: string): AttributeMap | undefined => {
      for (const written of [staged, earlier]) if (written.has(key)) return written.get(key);
      return asItem(store.get(key));
    };
    const itemDb = (prefix: string, { owner, index }: { owner?: Table | undefined; index?: string }): ItemDb => {
      const stage = (key: string, item: AttributeMap | undefined): void => {
        if (owner !== undefined) {
          const known = before.get(prefix + key);
          const old = known ? known.before : find(prefix + key);
          before.set(prefix + key, { table: owner, itemKey: key, before: old, after: item });
          noteItemWrite(owner.name, prefix + key, bytesOf(old), bytesOf(item));
        }
        if (index !== undefined) {
          const old = find(prefix + key);
          // An entry that stays as it is costs nothing.
          if (!isDeepStrictEqual(old, item)) noteIndexWrite(index, prefix + key, bytesOf(old), bytesOf(item));
        }
        staged.set(prefix + key, item);
      };
      return {
        get: (key, done) => {
          const full = prefix + key;
          const found = find(full);
          if (owner !== undefined) noteItemRead(owner.name, full, bytesOf(found));
          done(null, found);
        },
        put: (key, item, done) => {
          // dynalite counts UTF-16 units against this limit; the service counts UTF-8 bytes.
          if (owner !== undefined && itemBytes(item) > maximumItemBytes) return done(itemTooLarge());
          stage(key, item);
          done();
        },
        del: (key, done) => {
          stage(key, undefined);
          done();
        },
        lock: (_key, body) => body((done) => done),
        createValueStream: (range) => valueStream(store, withPrefix(prefix, range)),
      };
    };
    return {
      options: { maxItemSize: maximumItemBytes },
      getTable,
      getItemDb: (name) => itemDb(`item-${name}~`, { owner: tables.get(name) }),
      getIndexDb: (kind, name, index) => itemDb(`index-${kind.toLowerCase()}~${name}~${index}~`, { index }),
    };
  };

  /** Runs a write after the earlier ones of its batch. */
  const stage = async <T>(work: Work<T>, { earlier, operations }: Batch): Promise<() => T> => {
    const staged: Staged = new Map();
    const before = new Map<string, ItemChange>();
    const extra: StoreOperation[] = [];
    const result = await work(viewOver(staged, before, earlier), extra);
    const changes = [...before.values()];
    operations.push(...extra);
    for (const [key, value] of staged) {
      operations.push(value === undefined ? { type: 'del', key } : { type: 'put', key, value });
      earlier.set(key, value);
    }
    for (const companion of companions) operations.push(...companion(changes));
    return () => {
      for (const listener of listeners) listener(changes);
      return result;
    };
  };
  const inBatch = groupCommit(
    exclusively,
    (): Batch => ({ earlier: new Map(), operations: [] }),
    async ({ operations }) => {
      if (operations.length > 0) store.commit(operations);
    },
  );

  const view = viewOver(new Map(), new Map());
  return {
    view,
    addTable: (added) => tables.set(added.name, added),
    table,
    tableNames: () => [...tables.keys()].sort(),
    write: (work) => inBatch((batch) => stage(work, batch)),
    read: (work) => exclusively(() => work(view)),
    companion: (companion) => companions.push(companion),
    onCommit: (listener) => listeners.push(listener),
    get: (key) => store.get(key),
    entries: (range) => {
      const found: [string, unknown][] = [];
      store.visit(range, (...entry) => found.push(entry) > 0);
      return found;
    },
    close: () => exclusively(async () => store.close()),
  };
}

/** A range of one table's or index's keys, which are hexadecimal, among all keys. */
function withPrefix(prefix: string, { gte, gt, lt, lte, ...rest }: KeyRange): KeyRange {
  return {
    ...rest,
    ...(gt === undefined ? { gte: prefix + (gte ?? '') } : { gt: prefix + gt }),
    ...(lte === undefined ? { lt: prefix + (lt ?? '~') } : { lte: prefix + lte }),
  };
}

const bytesOf = (item: AttributeMap | undefined): number => (item === undefined ? 0 : itemBytes(item));

function itemTooLarge(): ServiceError {
  return dynamoDbError('ValidationException', 'Item size has exceeded the maximum allowed size');
}

/** A first-come, first-served lock. */
function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}

/** What the store wrote itself: only items are ever put under an item key. */
function asItem(value: unknown): AttributeMap | undefined {
  return isStoredItem(value) ? value : undefined;
}

function isStoredItem(value: unknown): value is AttributeMap {
  return isRecord(value);
}
