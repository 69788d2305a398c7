import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { CloudContext } from '#local-cloud/cloud/service.ts';
import { QueryError } from './dialect/query-error.ts';
import type { TableReference } from './dialect/rewrite.ts';
import type { KnownTypes } from './known-types.ts';
import { lakeSource, type ObjectFile } from './lake-sources.ts';
import { openRelations, planQuery, type QueryPlan } from './plan-query.ts';
import type { QueryExecution, QueryResult } from './query-execution.ts';
import { queryScan } from './query-scan.ts';
import { type ColumnInfo, columnInfo } from './trino-type.ts';
import { valueText } from './value-text.ts';

/** What running a query needs. */
export interface QueryEngine {
  readonly context: CloudContext;
  readonly objectFile: ObjectFile;
  /** A folder that DuckDB may write to. */
  readonly drafts: string;
  /** What was learnt of texts that ran before. */
  readonly knownTypes: KnownTypes;
  duck(): Promise<DuckDBInstance>;
}

/** Translates the execution's query, looking names up with the caller's permissions. */
export async function planFor(engine: QueryEngine, execution: QueryExecution, sql: string): Promise<QueryPlan> {
  const now = new Date(execution.submittedAt).toISOString().replace('T', ' ').slice(0, -1);
  const find = (reference: TableReference) =>
    lakeSource(engine.context, engine.objectFile, execution.principal, reference);
  return planQuery(await engine.duck(), sql, { database: execution.database, now }, find, engine.knownTypes);
}

/** Hands a query in DuckDB's SQL to `use`, on a connection that has its relations, within the workgroup's scan cut-off. */
export async function withQuery<Result>(
  engine: QueryEngine,
  execution: QueryExecution,
  sql: string,
  use: (connection: DuckDBConnection, plan: QueryPlan) => Promise<Result>,
): Promise<Result> {
  const plan = await planFor(engine, execution, sql);
  const connection = await (await engine.duck()).connect();
  try {
    await openRelations(connection, plan);
    const scan = await queryScan(await engine.duck(), plan, engine.drafts);
    execution.scannedBytes = scan.bytes;
    execution.listedPartitions = scan.partitions;
    const limit = execution.workGroup.scanCutoffBytes;
    if (limit !== undefined && execution.scannedBytes > limit) {
      throw new QueryError(
        'CANCELLED',
        `Bytes scanned limit was exceeded: ${execution.scannedBytes} of at most ${limit}`,
      );
    }
    execution.interrupt = () => connection.interrupt();
    return await use(connection, plan);
  } finally {
    delete execution.interrupt;
    connection.closeSync();
  }
}

/** Runs a SELECT to texts as Athena writes them. */
export async function selectRows(engine: QueryEngine, execution: QueryExecution, sql: string): Promise<QueryResult> {
  return withQuery(engine, execution, sql, async (connection, plan) => {
    const columns = columnsOf(plan);
    const reader = await connection.streamAndReadAll(plan.sql);
    const types = reader.columnTypes();
    const rows = reader.getRows().map((row) =>
      row.map((value, index) => {
        const type = types[index];
        return type === undefined ? undefined : valueText(value, type);
      }),
    );
    return { columns, rows, headed: true };
  });
}

/** The plan's columns as Athena describes them; a column of a type without Athena's like is refused. */
export function columnsOf(plan: QueryPlan): readonly ColumnInfo[] {
  return plan.columns.map(({ name, type }) => {
    const info = columnInfo(name, type);
    if (info === undefined)
      throw new QueryError('NOT_SUPPORTED', `Column ${name} has type ${type}: cast it to varchar`);
    return info;
  });
}
