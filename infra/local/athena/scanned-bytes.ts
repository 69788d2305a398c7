import type { DuckDBConnection } from '@duckdb/node-api';
import * as z from 'zod';
import type { LakeFile, LakeTable } from './lake-sources.ts';

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

const Names = z.union([z.string().transform((name) => (name === '' ? [] : [name])), z.array(z.string())]).catch([]);

/**
 * Bytes of the files that a query reads: those of the partitions that its plan leaves after pruning. Athena counts only the
 * columns it reads, so this is an upper bound. A scan that could be of several tables counts as the largest.
 */
export async function scannedBytes(
  connection: DuckDBConnection,
  sql: string,
  tables: readonly LakeTable[],
): Promise<number> {
  if (tables.every(({ files }) => files.length === 0)) return 0;
  const explained = await connection.runAndReadAll(`EXPLAIN (FORMAT json) ${sql}`);
  const plan = PlanNode.array().parse(JSON.parse(String(explained.getRows()[0]?.[1] ?? '[]')));
  let bytes = 0;
  for (const scan of scansOf(plan)) {
    const names = Names.parse(scan.extra_info.Projections);
    const candidates = tables.filter(({ columns }) =>
      names.every((name) => columns.some((column) => column.name === name)),
    );
    const filter = scan.extra_info['File Filters'];
    const sizes = candidates.map((table) =>
      prunedBytes(connection, table, typeof filter === 'string' ? filter : 'true'),
    );
    bytes += Math.max(0, ...(await Promise.all(sizes)));
  }
  return bytes;
}

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

function partitionValue({ path }: LakeFile, key: string): string {
  const part = path.split('/').find((segment) => segment.startsWith(`${key}=`));
  return decodeURIComponent(part?.slice(key.length + 1) ?? '');
}
