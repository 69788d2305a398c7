import { setTimeout as sleep } from 'node:timers/promises';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  paginateGetQueryResults,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { outputOf, type Target } from '../target/target.ts';

/** What a query gave: its rows by column name, every value as Athena's text, null for NULL. */
export interface QueryAnswer {
  readonly columns: readonly string[];
  readonly rows: Record<string, string | null>[];
  readonly scannedBytes: number;
  readonly milliseconds: number;
}

/** Runs a query in the target's workgroup and waits for it. Throws an Error with Athena's reason when it fails. */
export async function runQuery(target: Target, sql: string): Promise<QueryAnswer> {
  const client = new AthenaClient(target.client);
  const { QueryExecutionId } = await client.send(
    new StartQueryExecutionCommand({
      QueryString: sql,
      WorkGroup: outputOf(target, 'AthenaWorkgroup'),
      QueryExecutionContext: { Database: outputOf(target, 'AthenaDatabase') },
    }),
  );
  const statistics = await finished(client, QueryExecutionId);
  const cells: (string | null)[][] = [];
  let columns: string[] = [];
  for await (const { ResultSet } of paginateGetQueryResults({ client }, { QueryExecutionId })) {
    columns = (ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map(({ Name }) => Name ?? '');
    for (const { Data = [] } of ResultSet?.Rows ?? []) cells.push(Data.map(({ VarCharValue }) => VarCharValue ?? null));
  }
  // A SELECT's first row is its header; SHOW and DESCRIBE have none.
  const values = columns.every((column, index) => cells[0]?.[index] === column) ? cells.slice(1) : cells;
  return {
    columns,
    rows: values.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null]))),
    scannedBytes: statistics?.DataScannedInBytes ?? 0,
    milliseconds: statistics?.TotalExecutionTimeInMillis ?? 0,
  };
}

async function finished(client: AthenaClient, QueryExecutionId: string | undefined) {
  for (let waitMs = 20; ; waitMs = Math.min(waitMs * 2, 1000)) {
    const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    const { State, StateChangeReason } = QueryExecution?.Status ?? {};
    if (State === 'SUCCEEDED') return QueryExecution?.Statistics;
    if (State === 'FAILED' || State === 'CANCELLED') throw new Error(`Athena: ${StateChangeReason ?? State}`);
    await sleep(waitMs);
  }
}
