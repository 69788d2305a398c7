import { join } from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import type { CloudContext, Service } from '#local-cloud/cloud/service.ts';
import { createAthenaBilling } from './billing.ts';
import { startDuck } from './duck-session.ts';
import { KnownTypes } from './known-types.ts';
import type { ObjectFile } from './lake-sources.ts';
import { queryOperations } from './operations.ts';
import type { QueryEngine } from './run-query.ts';
import { unloadFolder } from './unload.ts';
import { createWorkGroups } from './work-group.ts';

/** Athena: Trino's SQL over the lake's Parquet files, run by DuckDB with the caller's own permissions. */
export function createAthenaService(context: CloudContext, objectFile: ObjectFile): Service {
  const workGroups = createWorkGroups();
  let started: Promise<DuckDBInstance> | undefined;
  const engine: QueryEngine = {
    context,
    objectFile,
    drafts: unloadFolder(context),
    knownTypes: new KnownTypes(),
    duck: () => {
      started ??= startDuck(join(context.stateDirectory, 's3'), unloadFolder(context));
      return started;
    },
  };
  return {
    name: 'athena',
    wire: { protocol: 'json', target: 'AmazonAthena' },
    bills: createAthenaBilling(),
    operations: queryOperations(engine, workGroups),
    resources: { 'AWS::Athena::WorkGroup': workGroups.provider },
    async stop() {
      (await started)?.closeSync();
    },
  };
}
