import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { textLiteral } from '#domain/rule/sql-literal.ts';
import { LakeQueryError } from '#runtime/errors.ts';

/** HTTP API gives a function 30 s; a query that takes longer is the analysts' business, not a call-centre desktop's. */
const longestQueryMs = 25_000;

/** Where queries run. */
export interface LakePlace {
  readonly workgroup: string;
  readonly database: string;
}

/** Asks the lake: SQL with its parameters in, the first 999 rows of cells out; a cell of NULL is undefined. Throws {@link LakeQueryError}. */
export function lakeQuery(client: AthenaClient, lake: LakePlace) {
  return query;

  async function query(sql: string, parameters: readonly string[]): Promise<(string | undefined)[][]> {
    const { QueryExecutionId } = await client.send(
      new StartQueryExecutionCommand({
        QueryString: sql,
        // Athena takes parameters as SQL literals.
        ExecutionParameters: parameters.map(textLiteral),
        WorkGroup: lake.workgroup,
        QueryExecutionContext: { Database: lake.database },
      }),
    );
    await finished(QueryExecutionId);
    const { ResultSet } = await client.send(new GetQueryResultsCommand({ QueryExecutionId, MaxResults: 1000 }));
    const rows = ResultSet?.Rows ?? [];
    return rows.slice(1).map((row) => (row.Data ?? []).map((cell) => cell.VarCharValue));
  }

  async function finished(QueryExecutionId: string | undefined): Promise<void> {
    for (
      let waitedMs = 0, waitMs = 50;
      waitedMs < longestQueryMs;
      waitedMs += waitMs, waitMs = Math.min(2 * waitMs, 1000)
    ) {
      const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId }));
      const { State = 'QUEUED', StateChangeReason } = QueryExecution?.Status ?? {};
      if (State === 'SUCCEEDED') return;
      if (State === 'FAILED' || State === 'CANCELLED')
        throw new LakeQueryError(`Query ${QueryExecutionId} ${State}: ${StateChangeReason}`);
      await sleep(waitMs);
    }
    throw new LakeQueryError(`Query ${QueryExecutionId} took longer than ${longestQueryMs} ms`);
  }
}
