import { createHash } from 'node:crypto';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { bind } from './dialect/binding.ts';
import type { RewriteContext } from './dialect/kind-rewrite.ts';
import type { TableReference } from './dialect/rewrite.ts';
import { translate, unnamed } from './dialect/translate.ts';
import type { KnownTypes } from './known-types.ts';
import type { LakeTable, LakeView } from './lake-sources.ts';

export type FindSource = (reference: TableReference) => Promise<LakeTable | LakeView>;

/** A query ready to run: statements that make its relations, and the query in DuckDB's SQL. */
export interface QueryPlan {
  readonly tables: readonly LakeTable[];
  /** Stored views in the order in which they need one another. */
  readonly views: readonly { readonly relation: string; readonly sql: string }[];
  readonly sql: string;
  /** Names and DuckDB types of the result's columns. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const text = (value: string) => `'${value.replaceAll("'", "''")}'`;

/** Translates a query and the views it stands on, binding against empty tables of the catalogue's shape. */
export async function planQuery(
  duck: DuckDBInstance,
  sql: string,
  context: RewriteContext,
  findSource: FindSource,
  knownTypes: KnownTypes,
): Promise<QueryPlan> {
  const shape = await duck.connect();
  try {
    const tables: LakeTable[] = [];
    const views: { relation: string; sql: string }[] = [];
    // What each relation looks like from outside: the columns of a table, the text of a view with all that it stands on.
    const looks = new Map<string, string>();
    const plan = async (trino: string, database: string): Promise<{ sql: string; look: string }> => {
      const translation = translate(trino, { ...context, database });
      for (const reference of translation.tables) {
        if (looks.has(reference.relation)) continue;
        looks.set(reference.relation, '');
        const source = await findSource(reference);
        if (source.kind === 'table') {
          tables.push(source);
          const columns = source.columns.map(({ name, type }) => `${quoted(name)} ${type}`).join(', ');
          looks.set(reference.relation, columns);
          await shape.run(`CREATE TEMP TABLE ${quoted(source.relation)} (${columns})`);
        } else {
          const planned = await plan(source.sql, source.database);
          const view = { relation: source.relation, sql: planned.sql };
          views.push(view);
          looks.set(reference.relation, planned.look);
          await shape.run(viewStatement(view));
        }
      }
      const look = lookOf(trino, database, translation.tables, looks);
      const bound = await translation.sql((candidate) => bind(shape, candidate), knownTypes.of(look));
      knownTypes.keep(look, bound.types);
      return { sql: bound.sql, look };
    };
    const { sql: duckSql } = await plan(sql, context.database);
    return { sql: duckSql, tables, views, columns: await resultColumns(shape, duckSql) };
  } finally {
    shape.closeSync();
  }
}

/** A text with what it reads from, in 256 bits: views stand on views. */
function lookOf(
  trino: string,
  database: string,
  references: readonly TableReference[],
  looks: ReadonlyMap<string, string>,
): string {
  const sources = references.map(({ relation }) => [relation, looks.get(relation) ?? '']);
  return createHash('sha256')
    .update(JSON.stringify([trino, database, sources]))
    .digest('base64url');
}

async function resultColumns(connection: DuckDBConnection, sql: string): Promise<QueryPlan['columns']> {
  const prepared = await connection.prepare(sql);
  try {
    return Array.from({ length: prepared.columnCount }, (_, index) => {
      const name = prepared.columnName(index);
      const type = prepared.columnType(index);
      return { name: name.startsWith(unnamed) ? `_col${index}` : name, type: type.alias ?? String(type) };
    });
  } finally {
    prepared.destroySync();
  }
}

/** Makes the plan's relations on a connection, tables as the Parquet files of the lake. */
export async function openRelations(connection: DuckDBConnection, { tables, views }: QueryPlan): Promise<void> {
  for (const table of tables) await connection.run(tableStatement(table));
  for (const view of views) await connection.run(viewStatement(view));
}

/** Whole numbers in rows are bigints. */
const cell = (value: string | number | null) =>
  value === null ? 'NULL' : typeof value === 'number' ? `CAST(${value} AS BIGINT)` : text(value);

const viewStatement = ({ relation, sql }: { relation: string; sql: string }) =>
  `CREATE TEMP VIEW ${quoted(relation)} AS ${sql}`;

function tableStatement({ relation, columns, partitionKeys, files, rows = [] }: LakeTable): string {
  if (rows.length > 0) {
    const written = rows.map((row) => `(${row.map(cell).join(', ')})`).join(', ');
    const names = columns.map(({ name }) => quoted(name)).join(', ');
    return `CREATE TEMP VIEW ${quoted(relation)} AS SELECT * FROM (VALUES ${written}) AS held(${names})`;
  }
  if (files.length === 0) {
    const empty = columns.map(({ name, type }) => `CAST(NULL AS ${type}) AS ${quoted(name)}`);
    return `CREATE TEMP VIEW ${quoted(relation)} AS SELECT ${empty.join(', ')} WHERE false`;
  }
  const cast = columns.map(({ name, type }) => `CAST(${quoted(name)} AS ${type}) AS ${quoted(name)}`);
  const paths = files.map(({ path }) => text(path)).join(', ');
  const partitions = partitionKeys.map((key) => `${text(key)}: VARCHAR`).join(', ');
  const hive =
    partitions === '' ? 'hive_partitioning = false' : `hive_partitioning = true, hive_types = {${partitions}}`;
  return `CREATE TEMP VIEW ${quoted(relation)} AS SELECT ${cast.join(', ')} FROM read_parquet([${paths}], ${hive}, union_by_name = true)`;
}
