import type { CloudContext } from '#local-cloud/cloud/service.ts';
import type { Principal } from '#local-cloud/iam/principal.ts';
import { databasesOf, tablesOf } from './catalogue-listing.ts';
import { QueryError } from './dialect/query-error.ts';
import type { TableReference } from './dialect/rewrite.ts';

/** The database that describes all others. */
export const informationSchema = 'information_schema';

type Cell = string | number | null;

/** What a table of the information schema holds. */
export interface InformationTable {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly Cell[])[];
}

interface Described {
  readonly columns: readonly (readonly [name: string, type: 'VARCHAR' | 'BIGINT'])[];
  rows(database: string, tables: Awaited<ReturnType<typeof tablesOf>>): readonly (readonly Cell[])[];
}

const catalog = 'awsdatacatalog';
const names = [
  ['table_catalog', 'VARCHAR'],
  ['table_schema', 'VARCHAR'],
  ['table_name', 'VARCHAR'],
] as const;

/** Trino's tables of it that speak of databases, tables and columns: https://trino.io/docs/435/connector/system.html has no more. */
const described: Readonly<Record<string, Described>> = {
  schemata: {
    columns: [
      ['catalog_name', 'VARCHAR'],
      ['schema_name', 'VARCHAR'],
    ],
    rows: (database) => [[catalog, database]],
  },
  tables: {
    columns: [...names, ['table_type', 'VARCHAR']],
    rows: (database, tables) =>
      tables.map(({ name, isView }) => [catalog, database, name, isView ? 'VIEW' : 'BASE TABLE']),
  },
  columns: {
    columns: [
      ...names,
      ['column_name', 'VARCHAR'],
      ['ordinal_position', 'BIGINT'],
      ['column_default', 'VARCHAR'],
      ['is_nullable', 'VARCHAR'],
      ['data_type', 'VARCHAR'],
      ['comment', 'VARCHAR'],
    ],
    rows: (database, tables) =>
      tables.flatMap(({ name, columns }) =>
        columns.map((column, index) => [
          ...[catalog, database, name, column.name, index + 1, null, 'YES', trinoType(column.type)],
          column.comment === '' ? null : column.comment,
        ]),
      ),
  },
};

/** A table of the information schema, with what the caller may see of the catalogue. */
export async function informationTable(
  context: CloudContext,
  principal: Principal,
  { name, relation }: TableReference,
): Promise<InformationTable> {
  const table = described[name];
  if (table === undefined) throw new QueryError('TABLE_NOT_FOUND', `Table '${catalog}.${relation}' does not exist`);
  const rows: (readonly Cell[])[] = [];
  for (const database of await databasesOf(context, { principal })) {
    rows.push(...table.rows(database, await tablesOf(context, { principal }, database)));
  }
  return { columns: table.columns.map(([column, type]) => ({ name: column, type })), rows };
}

/** A Glue type in Trino's words. */
function trinoType(glueType: string): string {
  const [, items] = /^array<(.+)>$/.exec(glueType) ?? [];
  if (items !== undefined) return `array(${trinoType(items)})`;
  const [, key, value] = /^map<(\w+),(.+)>$/.exec(glueType) ?? [];
  if (key !== undefined && value !== undefined) return `map(${trinoType(key)}, ${trinoType(value)})`;
  return { string: 'varchar', int: 'integer', timestamp: 'timestamp(3)' }[glueType] ?? glueType;
}
