import { join } from 'node:path';
import * as z from 'zod';
import { openJournal } from '#local-cloud/cloud/journal.ts';
import { glueError } from './errors.ts';
import { TableInput } from './table-input.ts';

/** A table with the facts that Glue adds to it. Times are epoch milliseconds. */
export type CatalogueTable = TableInput & {
  readonly DatabaseName: string;
  readonly CreateTime: number;
  readonly UpdateTime: number;
};

/** The Data Catalog: databases and their tables. What the template did not make outlives the process. */
export interface Catalogue {
  addDatabase(name: string, description?: string): void;
  database(name: string): { readonly Name: string; readonly Description?: string };
  databases(): readonly { readonly Name: string }[];
  table(database: string, name: string): CatalogueTable;
  tables(database: string): readonly CatalogueTable[];
  /** Puts a table that the template declares. */
  declare(database: string, table: TableInput): void;
  /** Puts a table that a caller made, durably. */
  put(database: string, table: TableInput, mode: 'create' | 'update'): void;
  remove(database: string, name: string): void;
}

const journalEntry = z.object({
  database: z.string(),
  name: z.string(),
  table: TableInput.optional(),
  atMs: z.number(),
});

const missing = (what: string) => glueError('EntityNotFoundException', what);

/** Opens the catalogue of a state directory. */
export function openCatalogue(stateDirectory: string, now: () => number): Catalogue {
  const databases = new Map<string, { Name: string; Description?: string }>();
  const tables = new Map<string, CatalogueTable>();
  const keyOf = (database: string, name: string) => `${database.toLowerCase()}.${name.toLowerCase()}`;

  const keep = (database: string, table: TableInput, atMs: number) => {
    const key = keyOf(database, table.Name);
    const createTime = tables.get(key)?.CreateTime ?? atMs;
    tables.set(key, { ...table, DatabaseName: database.toLowerCase(), CreateTime: createTime, UpdateTime: atMs });
  };
  const journal = openJournal(join(stateDirectory, 'glue', 'tables.jsonl'), (line) => {
    const entry = journalEntry.parse(line);
    if (entry.table === undefined) tables.delete(keyOf(entry.database, entry.name));
    else keep(entry.database, entry.table, entry.atMs);
  });

  const catalogue: Catalogue = {
    addDatabase(name, description) {
      databases.set(name.toLowerCase(), {
        Name: name.toLowerCase(),
        ...(description === undefined ? {} : { Description: description }),
      });
    },
    database(name) {
      const found = databases.get(name.toLowerCase());
      if (found === undefined) throw missing(`Database ${name} not found.`);
      return found;
    },
    databases: () => [...databases.values()],
    table(database, name) {
      catalogue.database(database);
      const found = tables.get(keyOf(database, name));
      if (found === undefined) throw missing(`Entity Not Found: table ${database}.${name}`);
      return found;
    },
    tables(database) {
      const { Name } = catalogue.database(database);
      return [...tables.values()]
        .filter((table) => table.DatabaseName === Name)
        .toSorted((a, b) => (a.Name < b.Name ? -1 : 1));
    },
    declare: (database, table) => keep(database, table, now()),
    put(database, table, mode) {
      catalogue.database(database);
      const exists = tables.has(keyOf(database, table.Name));
      if (mode === 'create' && exists) throw glueError('AlreadyExistsException', 'Table already exists.');
      if (mode === 'update' && !exists) throw missing(`Table ${table.Name} not found.`);
      const atMs = now();
      keep(database, table, atMs);
      journal.append({ database, name: table.Name, table, atMs });
    },
    remove(database, name) {
      catalogue.table(database, name);
      tables.delete(keyOf(database, name));
      journal.append({ database, name, atMs: now() });
    },
  };
  return catalogue;
}
