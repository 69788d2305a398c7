import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import * as z from 'zod';
import type { LakeFile, LakeTable } from './lake-sources.ts';
import { openRelations, type QueryPlan } from './plan-query.ts';

interface PlanNode {
  readonly name: string;
  readonly children: readonly PlanNode[];
  readonly extra_info: Readonly<Record<string, unknown>>;
}
const PlanNode: z.ZodType<PlanNode> = z.lazy(() =>
  z.object({
    name: z.string(),
    children: z.array(PlanNode).default([]),
    extra_info: z.record(z.string(), z.unknown()).default({}),
  }),
);

const nameOrNames = z
  .union([z.string().transform((name) => (name === '' ? [] : [name])), z.array(z.string())])
  .catch([]);

/** What a query makes S3 do. */
export interface QueryScan {
  readonly bytes: number;
  /** Partitions that Athena would list: that one is empty is found out by listing it. */
  readonly partitions: number;
}

/**
 * Bytes of the files that a query reads, and the partitions that it lists: those that its plan leaves after pruning. Athena counts only
 * the columns it reads, so this is an upper bound. A scan that could be of several tables counts as the largest. `drafts` is a folder that DuckDB may write to.
 */
export async function queryScan(duck: DuckDBInstance, plan: QueryPlan, drafts: string): Promise<QueryScan> {
  await mkdir(drafts, { recursive: true });
  const folder = await mkdtemp(join(drafts, 'scan-'));
  const connection = await duck.connect();
  try {
    const tables: LakeTable[] = [];
    for (const table of plan.tables) tables.push(await withBounds(connection, table, folder));
    await openRelations(connection, { ...plan, tables });
    const explained = await connection.runAndReadAll(`EXPLAIN (FORMAT json) ${plan.sql}`);
    const nodes = PlanNode.array().parse(JSON.parse(String(explained.getRows()[0]?.[1] ?? '[]')));
    let [bytes, partitions] = [0, 0];
    for (const scan of scansOf(nodes)) {
      const candidates = tablesOf(scan, tables);
      const pruning = scan.extra_info['File Filters'];
      const filter = typeof pruning === 'string' ? pruning : 'true';
      const sizes = candidates.map((table) => prunedBytes(connection, table, filter));
      const counts = candidates.map((table) => prunedPartitions(connection, table, filter));
      bytes += Math.max(0, ...(await Promise.all(sizes)));
      partitions += Math.max(0, ...(await Promise.all(counts)));
    }
    return { bytes, partitions };
  } finally {
    connection.closeSync();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The table with an empty file before its first partition and one after its last: DuckDB plans no scan of a table without files, and
 * leaves a filter out of its plan that rules out none of them.
 */
async function withBounds(connection: DuckDBConnection, table: LakeTable, folder: string): Promise<LakeTable> {
  const [key, ...others] = table.partitionKeys;
  if (key === undefined || others.length > 0) return table;
  const columns = table.columns.filter(({ name }) => name !== key);
  const nothing = columns.map(({ name, type }) => `CAST(NULL AS ${type}) AS "${name}"`).join(', ');
  const bounds: LakeFile[] = [];
  for (const value of ['0000-00-00', '9999-99-99']) {
    const place = join(folder, table.relation, `${key}=${value}`);
    await mkdir(place, { recursive: true });
    const path = join(place, 'nothing.parquet');
    await connection.run(`COPY (SELECT ${nothing} WHERE false) TO '${path.replaceAll("'", "''")}' (FORMAT parquet)`);
    bounds.push({ path, bytes: 0 });
  }
  return { ...table, files: [...table.files, ...bounds] };
}

/** The tables that a scan could be of, as DuckDB does not say: those that have the columns that it reads and filters by. */
function tablesOf({ extra_info: told }: PlanNode, tables: readonly LakeTable[]): readonly LakeTable[] {
  const having = (names: readonly string[], among: readonly LakeTable[]) =>
    among.filter(({ columns }) => names.every((name) => columns.some((column) => column.name === name)));
  const reading = having(nameOrNames.parse(told.Projections), tables);
  const compared = [told.Filters ?? []].flat().flatMap((filter) => [...String(filter).matchAll(comparison)]);
  const filtering = having(
    compared.map(([, name = '']) => name),
    reading,
  );
  return filtering.length > 0 ? filtering : reading;
}

/** A column and what it is compared with, as `kind='customer'` or `n IS NOT NULL`. */
const comparison = /"?([a-z_][a-z0-9_]*)"?\s*(?:[=<>!]|\bIS\b|\bIN\b)/g;

function scansOf(nodes: readonly PlanNode[]): readonly PlanNode[] {
  return nodes.flatMap((node) => [...(node.name.trim() === 'READ_PARQUET' ? [node] : []), ...scansOf(node.children)]);
}

/** Size of the files whose partition values pass the plan's own file filter. */
async function prunedBytes(connection: DuckDBConnection, table: LakeTable, filter: string): Promise<number> {
  if (table.files.length === 0) return 0;
  const rows = table.files.map((file) => {
    const values = table.partitionKeys.map((key) => `'${partitionValue(file, key).replaceAll("'", "''")}'`);
    return `(${[String(file.bytes), ...values].join(', ')})`;
  });
  const columns = ['"__bytes"', ...table.partitionKeys.map((key) => `"${key}"`)];
  const sum = await connection.runAndReadAll(
    `SELECT CAST(coalesce(sum("__bytes"), 0) AS DOUBLE) FROM (VALUES ${rows.join(', ')}) AS files(${columns.join(', ')}) WHERE ${filter}`,
  );
  return Number(sum.getRows()[0]?.[0] ?? 0);
}

/** How many of the projected partitions pass the plan's own file filter. */
async function prunedPartitions(connection: DuckDBConnection, table: LakeTable, filter: string): Promise<number> {
  const [key] = table.partitionKeys;
  if (key === undefined || table.projected.length === 0) return 0;
  const rows = table.projected.map((value) => `('${value}')`).join(', ');
  const count = await connection.runAndReadAll(
    `SELECT CAST(count(*) AS INTEGER) FROM (VALUES ${rows}) AS partitions("${key}") WHERE ${filter}`,
  );
  return Number(count.getRows()[0]?.[0] ?? 0);
}

function partitionValue({ path }: LakeFile, key: string): string {
  const part = path.split('/').find((segment) => segment.startsWith(`${key}=`));
  return decodeURIComponent(part?.slice(key.length + 1) ?? '');
}
