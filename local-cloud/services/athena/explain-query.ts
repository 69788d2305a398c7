import { listing } from './catalogue-listing.ts';
import type { QueryExecution, QueryResult } from './query-execution.ts';
import { planFor, type QueryEngine, withQuery } from './run-query.ts';
import type { ExplainType } from './statement.ts';

/**
 * What `EXPLAIN` answers. Its plan is DuckDB's, after a word on that: which tables are read, joined and added up is alike, how is not.
 * What it would list and scan is what the query would be billed for. With `VALIDATE` it says whether the query is one.
 */
export async function explainQuery(
  engine: QueryEngine,
  execution: QueryExecution,
  type: ExplainType,
  sql: string,
): Promise<QueryResult> {
  if (type === 'validate') {
    await planFor(engine, execution, sql);
    return listing(['Valid'], [['true']]);
  }
  const lines = await withQuery(engine, execution, sql, async (connection, plan) => {
    const explained = await connection.runAndReadAll(`EXPLAIN ${plan.sql}`);
    const costs = `Lists ${execution.listedPartitions} partitions and scans ${execution.scannedBytes} bytes at most.`;
    return ['Plan of the local Athena, by DuckDB:', costs, ...String(explained.getRows()[0]?.[1] ?? '').split('\n')];
  });
  execution.scannedBytes = 0;
  execution.listedPartitions = 0;
  return listing(
    ['Query Plan'],
    lines.map((line) => [line.trimEnd()]),
  );
}
