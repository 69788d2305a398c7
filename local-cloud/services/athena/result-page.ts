import * as z from 'zod';
import type { Call, CloudContext } from '#local-cloud/cloud/service.ts';
import { athenaError } from './errors.ts';
import { s3Location } from './lake-sources.ts';
import type { QueryExecution } from './query-execution.ts';
import { readResultCsv, type TextRow } from './result-csv.ts';

const pageInput = z.object({
  MaxResults: z.int().min(1).max(1000).default(1000),
  NextToken: z.string().regex(/^\d+$/).optional(),
});

/** A page of GetQueryResults. The first row of the first page of a SELECT is the header, and counts. */
export async function resultPage(context: CloudContext, execution: QueryExecution, call: Call): Promise<unknown> {
  const { MaxResults: size, NextToken: token } = pageInput.parse(call.input);
  if (execution.state !== 'SUCCEEDED') {
    throw athenaError(
      'InvalidRequestException',
      `Query did not finish successfully. Final query state: ${execution.state}`,
    );
  }
  const { columns, headed, rows } = execution.result ?? { columns: [], headed: false, rows: [] };
  const from = Number(token ?? 0);
  const stored = rows ?? (await storedRows(context, execution, call));
  const all: readonly TextRow[] = headed ? [columns.map(({ Name }) => Name), ...stored] : stored;
  const next = from + size;
  return {
    UpdateCount: 0,
    ResultSet: {
      Rows: all.slice(from, next).map((row) => ({
        Data: row.map((cell) => (cell === undefined ? {} : { VarCharValue: cell })),
      })),
      ResultSetMetadata: {
        ColumnInfo: columns.map((column) => ({
          CatalogName: 'hive',
          SchemaName: '',
          TableName: '',
          Label: column.Name,
          ...column,
          Nullable: 'UNKNOWN',
          CaseSensitive: column.Type === 'varchar',
        })),
      },
    },
    ...(next < all.length ? { NextToken: String(next) } : {}),
  };
}

/** The rows of a result that has left the memory, from the bucket. */
async function storedRows(context: CloudContext, execution: QueryExecution, call: Call): Promise<readonly TextRow[]> {
  const { bucket, key } = s3Location(execution.resultLocation ?? execution.outputLocation);
  const { Body } = z
    .object({ Body: z.instanceof(Uint8Array) })
    .parse(await context.call(call.principal, 's3', 'GetObject', { Bucket: bucket, Key: key }));
  return readResultCsv(Buffer.from(Body).toString('utf8')).slice(1);
}
