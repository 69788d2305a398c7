import * as z from 'zod';
import { ServiceError } from '#local-cloud/cloud/service.ts';
import { describe, showColumns, showDatabases, showTables } from './catalogue-listing.ts';
import { QueryError } from './dialect/query-error.ts';
import { explainQuery } from './explain-query.ts';
import { s3Location } from './lake-sources.ts';
import type { QueryExecution, QueryResult } from './query-execution.ts';
import { resultCsv } from './result-csv.ts';
import { type QueryEngine, selectRows } from './run-query.ts';
import { type Statement, statementOf } from './statement.ts';
import { unload } from './unload.ts';
import { viewInput } from './view-input.ts';

const nothing: QueryResult = { columns: [], rows: [], headed: false };

/** Runs whatever the query string asks for and puts its result into the bucket, all with the caller's permissions. */
export async function runStatement(engine: QueryEngine, execution: QueryExecution): Promise<void> {
  const statement = statementOf(withParameters(execution));
  execution.statementType = statementTypes[statement.kind];
  const { bucket, key } = s3Location(execution.outputLocation);
  await engine.context.call(execution.principal, 's3', 'GetBucketLocation', { Bucket: bucket });
  const result = await resultOf(engine, execution, statement);
  execution.result = result;
  const name = `${key === '' || key.endsWith('/') ? key : `${key}/`}${execution.id}${result.headed ? '.csv' : '.txt'}`;
  const { rows = [] } = result;
  const body = result.headed
    ? resultCsv([result.columns.map((column) => column.Name), ...rows])
    : rows.map((row) => `${row.map((cell) => cell ?? '').join('\t')}\n`).join('');
  await engine.context.call(execution.principal, 's3', 'PutObject', {
    Bucket: bucket,
    Key: name,
    Body: Buffer.from(body),
    ContentType: result.headed ? 'text/csv' : 'text/plain',
  });
  execution.resultLocation = `s3://${bucket}/${name}`;
}

const statementTypes: Readonly<Record<Statement['kind'], QueryExecution['statementType']>> = {
  query: 'DML',
  unload: 'DML',
  'create-view': 'DDL',
  'drop-view': 'DDL',
  'show-tables': 'UTILITY',
  'show-views': 'UTILITY',
  'show-databases': 'UTILITY',
  'show-columns': 'UTILITY',
  explain: 'UTILITY',
  describe: 'UTILITY',
};

async function resultOf(engine: QueryEngine, execution: QueryExecution, statement: Statement): Promise<QueryResult> {
  switch (statement.kind) {
    case 'query':
      return selectRows(engine, execution, statement.sql);
    case 'create-view':
      await createView(engine, execution, statement);
      return nothing;
    case 'drop-view':
      await dropView(engine, execution, statement);
      return nothing;
    case 'unload':
      await unload(engine, execution, statement);
      return nothing;
    case 'show-tables':
    case 'show-views':
      return showTables(engine.context, execution, statement.kind, statement.database ?? execution.database);
    case 'show-databases':
      return showDatabases(engine.context, execution);
    case 'show-columns':
      return showColumns(engine.context, execution, statement.table);
    case 'describe':
      return describe(engine.context, execution, statement.table);
    case 'explain':
      return explainQuery(engine, execution, statement.type, statement.sql);
  }
}

/** Puts the execution's parameters, which are SQL literals, in the place of the question marks outside of quotes. */
function withParameters({ query, parameters }: QueryExecution): string {
  if (parameters.length === 0) return query;
  let next = 0;
  const filled = query.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\?/g, (piece) => {
    if (piece !== '?') return piece;
    next += 1;
    return parameters[next - 1] ?? '';
  });
  if (next !== parameters.length) {
    throw new QueryError(
      'INVALID_PARAMETER_USAGE',
      `Incorrect number of parameters: expected ${next} but found ${parameters.length}`,
    );
  }
  return filled;
}

async function createView(
  engine: QueryEngine,
  execution: QueryExecution,
  { view, orReplace, sql }: Extract<Statement, { kind: 'create-view' }>,
): Promise<void> {
  const call = (operation: string, input: Readonly<Record<string, unknown>>) =>
    engine.context.call(execution.principal, 'glue', operation, { DatabaseName: database, ...input });
  const database = view.database ?? execution.database;
  const input = await viewInput(engine, execution, view.name, sql);
  const exists = await call('GetTable', { Name: view.name }).then(() => true, missing);
  if (exists && !orReplace) {
    throw new QueryError('TABLE_ALREADY_EXISTS', `View already exists: ${database}.${view.name}`);
  }
  await call(exists ? 'UpdateTable' : 'CreateTable', { TableInput: input });
}

async function dropView(
  { context }: QueryEngine,
  execution: QueryExecution,
  { view, ifExists }: Extract<Statement, { kind: 'drop-view' }>,
): Promise<void> {
  const key = { DatabaseName: view.database ?? execution.database, Name: view.name };
  const found = tableKind.safeParse(await context.call(execution.principal, 'glue', 'GetTable', key).catch(missing));
  if (!found.success && ifExists) return;
  if (!found.success || found.data.Table.TableType !== 'VIRTUAL_VIEW') {
    throw new QueryError('TABLE_NOT_FOUND', `View ${key.DatabaseName}.${key.Name} does not exist`);
  }
  await context.call(execution.principal, 'glue', 'DeleteTable', key);
}

/** False for a name that the catalogue does not have; any other error goes on. */
function missing(error: unknown): false {
  if (error instanceof ServiceError && error.code === 'EntityNotFoundException') return false;
  throw error;
}

const tableKind = z.object({ Table: z.object({ TableType: z.string().optional() }) });
