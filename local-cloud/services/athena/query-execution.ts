import type { Principal } from '#local-cloud/iam/principal.ts';
import type { TextRow } from './result-csv.ts';
import type { ColumnInfo } from './trino-type.ts';
import type { WorkGroup } from './work-group.ts';

export type QueryState = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** One query, from its start on. Times are epoch milliseconds. */
export interface QueryExecution {
  readonly id: string;
  readonly query: string;
  readonly database: string;
  readonly workGroup: WorkGroup;
  readonly principal: Principal;
  /** Where the result goes, `s3://bucket/prefix/`. */
  readonly outputLocation: string;
  readonly parameters: readonly string[];
  readonly submittedAt: number;
  state: QueryState;
  statementType: 'DML' | 'DDL' | 'UTILITY';
  completedAt?: number;
  reason?: string;
  resultLocation?: string;
  manifestLocation?: string;
  scannedBytes: number;
  /** Partitions whose objects Athena would list, each at the price of a LIST. */
  listedPartitions: number;
  engineMs: number;
  result?: QueryResult;
  interrupt?: () => void;
}

/** What a query answers: columns, and whether pages begin with their names. */
export interface QueryResult {
  readonly columns: readonly ColumnInfo[];
  /** Rows without the header, while they are in memory. */
  rows?: readonly TextRow[];
  readonly headed: boolean;
}

/** The execution as GetQueryExecution answers it; times are epoch seconds on the wire. */
export function wireExecution(execution: QueryExecution): Readonly<Record<string, unknown>> {
  const { completedAt, reason, resultLocation } = execution;
  return {
    QueryExecutionId: execution.id,
    Query: execution.query,
    StatementType: execution.statementType,
    ResultConfiguration: { OutputLocation: resultLocation ?? execution.outputLocation },
    ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
    QueryExecutionContext: { Database: execution.database, Catalog: 'awsdatacatalog' },
    ...(execution.parameters.length === 0 ? {} : { ExecutionParameters: execution.parameters }),
    Status: {
      State: execution.state,
      SubmissionDateTime: execution.submittedAt / 1000,
      ...(completedAt === undefined ? {} : { CompletionDateTime: completedAt / 1000 }),
      ...(reason === undefined ? {} : { StateChangeReason: reason }),
      ...(execution.state === 'FAILED'
        ? { AthenaError: { ErrorCategory: 2, ErrorMessage: reason, Retryable: false } }
        : {}),
    },
    Statistics: {
      DataScannedInBytes: execution.scannedBytes,
      EngineExecutionTimeInMillis: execution.engineMs,
      TotalExecutionTimeInMillis: execution.engineMs,
      QueryQueueTimeInMillis: 0,
      ServiceProcessingTimeInMillis: 0,
      ...(execution.manifestLocation === undefined ? {} : { DataManifestLocation: execution.manifestLocation }),
    },
    WorkGroup: execution.workGroup.name,
    EngineVersion: { SelectedEngineVersion: 'AUTO', EffectiveEngineVersion: 'Athena engine version 3' },
  };
}
