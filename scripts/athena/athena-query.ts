import { setTimeout as sleep } from 'node:timers/promises';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  paginateGetQueryResults,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { outputOf, type Target } from '#scripts/target/target.ts';
import { pointAt } from './point-at.ts';

/** What a query gave: its rows by column name, every value as Athena's text, null for NULL. */
export interface QueryAnswer {
  readonly columns: readonly string[];
  /** Athena's types of the columns: varchar, bigint, double … */
  readonly types: readonly string[];
  readonly rows: Record<string, string | null>[];
  readonly scannedBytes: number;
  readonly milliseconds: number;
}

/** Runs a query in the target's workgroup and waits for it. Throws an Error with Athena's reason, and the place that it names, when it fails. */
export async function runQuery(target: Target, sql: string): Promise<QueryAnswer> {
  const client = new AthenaClient(target.client);
  const QueryExecutionId = await started(client, target, sql);
  const statistics = await finished(client, QueryExecutionId, sql);
  const cells: (string | null)[][] = [];
  let columns: string[] = [];
  let types: string[] = [];
  for await (const { ResultSet } of paginateGetQueryResults({ client }, { QueryExecutionId })) {
    const infos = ResultSet?.ResultSetMetadata?.ColumnInfo ?? [];
    columns = infos.map(({ Name }) => Name ?? '');
    types = infos.map(({ Type }) => Type ?? '');
    for (const { Data = [] } of ResultSet?.Rows ?? []) cells.push(Data.map(({ VarCharValue }) => VarCharValue ?? null));
  }
  // A SELECT's first row is its header; SHOW and DESCRIBE have none.
  const values = columns.every((column, index) => cells[0]?.[index] === column) ? cells.slice(1) : cells;
  return {
    columns,
    types,
    rows: values.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null]))),
    scannedBytes: statistics?.DataScannedInBytes ?? 0,
    milliseconds: statistics?.TotalExecutionTimeInMillis ?? 0,
  };
}

async function started(client: AthenaClient, target: Target, sql: string): Promise<string | undefined> {
  const query = new StartQueryExecutionCommand({
    QueryString: sql,
    WorkGroup: outputOf(target, 'AthenaWorkgroup'),
    QueryExecutionContext: { Database: outputOf(target, 'AthenaDatabase') },
  });
  try {
    return (await client.send(query)).QueryExecutionId;
  } catch (error) {
    // What can't be parsed is refused here, and what can't be resolved when it runs.
    if (error instanceof Error && pointAt(sql, error.message) !== undefined) throw failure(sql, error.message);
    throw error;
  }
}

async function finished(client: AthenaClient, QueryExecutionId: string | undefined, sql: string) {
  for (let waitMs = 20; ; waitMs = Math.min(waitMs * 2, 1000)) {
    const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    const { State, StateChangeReason } = QueryExecution?.Status ?? {};
    if (State === 'SUCCEEDED') return QueryExecution?.Statistics;
    if (State === 'FAILED' || State === 'CANCELLED') throw failure(sql, StateChangeReason ?? State);
    await sleep(waitMs);
  }
}

function failure(sql: string, reason: string): Error {
  const place = pointAt(sql, reason);
  return new Error(`Athena: ${reason}${place === undefined ? '' : `\n${place}`}`);
}
