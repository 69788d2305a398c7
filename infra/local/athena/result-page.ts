import * as z from 'zod';
import { type Call, type CloudContext, ServiceError } from '#infra/local/service.ts';
import { s3Location } from './lake-sources.ts';
import type { QueryExecution, QueryResult } from './query-execution.ts';
import { readResultCsv, type TextRow } from './result-csv.ts';

const PageInput = z.object({
  MaxResults: z.int().min(1).max(1000).default(1000),
  NextToken: z.string().regex(/^\d+$/).optional(),
});

/** A page of GetQueryResults. The first row of the first page of a SELECT is the header, and counts. */
export async function resultPage(context: CloudContext, execution: QueryExecution, call: Call): Promise<unknown> {
  const { MaxResults: size, NextToken: token } = PageInput.parse(call.input);
  if (execution.state !== 'SUCCEEDED') {
    throw new ServiceError(
      'InvalidRequestException',
      `Query did not finish successfully. Final query state: ${execution.state}`,
    );
  }
  const { columns, rows, headed } = execution.result ?? (await storedResult(context, execution, call));
  const from = Number(token ?? 0);
  const all: readonly TextRow[] = headed ? [columns.map(({ Name }) => Name), ...rows] : rows;
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

/** A result that has left the memory, from the bucket; its columns are then text. */
async function storedResult(context: CloudContext, execution: QueryExecution, call: Call): Promise<QueryResult> {
  const { bucket, key } = s3Location(execution.resultLocation ?? execution.outputLocation);
  const { Body } = z
    .object({ Body: z.instanceof(Uint8Array) })
    .parse(await context.call(call.principal, 's3', 'GetObject', { Bucket: bucket, Key: key }));
  const [header = [], ...rows] = readResultCsv(Buffer.from(Body).toString('utf8'));
  const columns = header.map((name) => ({ Name: name ?? '', Type: 'varchar', Precision: 2147483647, Scale: 0 }));
  return { columns, rows, headed: true };
}
