import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { CloudContext } from '#infra/local/service.ts';
import { type LakeTable, lakeSource, type ObjectFile } from './lake-sources.ts';
import { openRelations, planQuery } from './plan-query.ts';
import type { QueryExecution, QueryResult } from './query-execution.ts';
import { QueryError } from './query-error.ts';
import type { TextRow } from './result-csv.ts';
import { scannedBytes } from './scanned-bytes.ts';
import { unnamed } from './translate.ts';
import { columnInfo } from './trino-type.ts';
import { valueText } from './value-text.ts';

/** What running a query needs. */
export interface QueryEngine {
  readonly context: CloudContext;
  readonly objectFile: ObjectFile;
  duck(): Promise<DuckDBInstance>;
}

/** Hands a query in DuckDB's SQL to `use`, on a connection that has its relations, within the workgroup's scan cut-off. */
export async function withQuery<Result>(
  engine: QueryEngine,
  execution: QueryExecution,
  sql: string,
  use: (connection: DuckDBConnection, sql: string) => Promise<Result>,
): Promise<Result> {
  const { context, objectFile } = engine;
  const duck = await engine.duck();
  const now = new Date(execution.submittedAt).toISOString().replace('T', ' ').slice(0, -1);
  const plan = await planQuery(duck, sql, { database: execution.database, now }, (reference) =>
    lakeSource(context, objectFile, execution.principal, reference),
  );
  const connection = await duck.connect();
  try {
    await openRelations(connection, plan);
    execution.scannedBytes = await scannedBytes(connection, plan.sql, plan.tables);
    checkCutoff(execution, plan.tables);
    execution.interrupt = () => connection.interrupt();
    return await use(connection, plan.sql);
  } finally {
    delete execution.interrupt;
    connection.closeSync();
  }
}

function checkCutoff({ scannedBytes: bytes, workGroup: { scanCutoffBytes } }: QueryExecution, _tables: readonly LakeTable[]): void {
  if (scanCutoffBytes !== undefined && bytes > scanCutoffBytes) {
    throw new QueryError('CANCELLED', `Bytes scanned limit was exceeded: ${bytes} of at most ${scanCutoffBytes}`);
  }
}

/** Runs a SELECT to texts as Athena writes them. */
export async function selectRows(engine: QueryEngine, execution: QueryExecution, sql: string): Promise<QueryResult> {
  return withQuery(engine, execution, sql, async (connection, duckSql) => {
    const reader = await connection.streamAndReadAll(duckSql);
    const types = reader.columnTypes();
    const columns = reader.columnNames().map((name, index) => {
      const shown = name.startsWith(unnamed) ? `_col${index}` : name;
      const info = columnInfo(shown, String(types[index]));
      if (info === undefined) throw new QueryError('NOT_SUPPORTED', `Column ${shown} has type ${String(types[index])}: cast it`);
      return info;
    });
    const rows: TextRow[] = reader.getRows().map((row) =>
      row.map((value, index) => {
        const type = types[index];
        return type === undefined ? undefined : valueText(value, type);
      }),
    );
    return { columns, rows, headed: true };
  });
}
