import * as z from 'zod';
import type { BillingRule } from '#local-cloud/metering/usage.ts';

const mebibyte = 1024 * 1024;
const leastScanBytes = 10 * mebibyte;

const polled = z.looseObject({
  QueryExecution: z.looseObject({
    QueryExecutionId: z.string(),
    StatementType: z.string(),
    Status: z.looseObject({ State: z.string() }),
    Statistics: z.looseObject({ DataScannedInBytes: z.number() }),
  }),
});

/**
 * Athena: bytes scanned by each query that succeeded or was cancelled, rounded up to a MB and at least 10 MB; failed queries and
 * DDL are free. A query is counted when somebody first sees its end. Source: Athena pricing page. Bytes are those of whole files,
 * an upper bound: Athena reads only the columns that it needs. Its own GETs on the bucket are not known here; its LISTs are one for
 * each partition that the projection computes and the query does not rule out, full or empty:
 * https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html
 */
export function createAthenaBilling(): BillingRule {
  const counted = new Set<string>();
  return ({ operation, output, failure, notes }) => {
    if (operation !== 'GetQueryExecution' || failure !== undefined) return [];
    const { QueryExecutionId: id, StatementType, Status, Statistics } = polled.parse(output).QueryExecution;
    const isBilled = StatementType === 'DML' && (Status.State === 'SUCCEEDED' || Status.State === 'CANCELLED');
    if (!isBilled || counted.has(id)) return [];
    counted.add(id);
    const bytes = Math.max(leastScanBytes, mebibyte * Math.ceil(Statistics.DataScannedInBytes / mebibyte));
    const lists = notes.listedPartitions;
    return [
      { unit: 'scanned-bytes', amount: bytes },
      ...(lists > 0 ? [{ unit: 'put-class-requests', amount: lists } as const] : []),
    ];
  };
}
