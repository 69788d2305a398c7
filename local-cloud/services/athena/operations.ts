import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Call, CloudContext, Operation, Permission } from '#local-cloud/cloud/service.ts';
import { noteListed } from '#local-cloud/metering/call-notes.ts';
import { athenaError } from './errors.ts';
import { type QueryExecution, wireExecution } from './query-execution.ts';
import { queryFailure } from './query-failure.ts';
import { resultPage } from './result-page.ts';
import type { QueryEngine } from './run-query.ts';
import { runStatement } from './run-statement.ts';
import type { WorkGroups } from './work-group.ts';

/** Results kept in memory; older ones are still in the bucket. */
const keptResults = 50;

const startInput = z.object({
  QueryString: z.string().min(1).max(262_144),
  ClientRequestToken: z.string().min(32).max(128).optional(),
  QueryExecutionContext: z.object({ Database: z.string().optional(), Catalog: z.string().optional() }).optional(),
  WorkGroup: z.string().default('primary'),
  ExecutionParameters: z.array(z.string()).default([]),
  ResultConfiguration: z.object({ OutputLocation: z.string().optional() }).optional(),
  ResultReuseConfiguration: z.unknown().optional(),
});
const byExecution = z.object({ QueryExecutionId: z.string() });
const byWorkGroup = z.object({ WorkGroup: z.string().default('primary') });

/** Starts queries and tells of them. */
export function queryOperations(engine: QueryEngine, workGroups: WorkGroups): Readonly<Record<string, Operation>> {
  const { context } = engine;
  const executions = new Map<string, QueryExecution>();
  const tokens = new Map<string, { readonly id: string; readonly query: string }>();

  const on = (action: string, workGroup: string): readonly Permission[] => [
    {
      action: `athena:${action}`,
      resources: [`arn:aws:athena:${context.region}:${context.account}:workgroup/${workGroup}`],
    },
  ];
  const found = (input: Readonly<Record<string, unknown>>): QueryExecution => {
    const { QueryExecutionId: id } = byExecution.parse(input);
    const execution = executions.get(id);
    if (execution === undefined) throw athenaError('InvalidRequestException', `QueryExecution ${id} was not found`);
    return execution;
  };
  const onExecution = (
    action: string,
    run: (execution: QueryExecution, call: Call) => Promise<unknown>,
  ): Operation => ({
    permissions: (input) => on(action, found(input).workGroup.name),
    run: (input, call) => run(found(input), call),
  });

  return {
    StartQueryExecution: {
      permissions: (input) => on('StartQueryExecution', startInput.parse(input).WorkGroup),
      async run(input, call) {
        const asked = startInput.parse(input);
        const repeated = asked.ClientRequestToken === undefined ? undefined : tokens.get(asked.ClientRequestToken);
        if (repeated !== undefined && repeated.query !== asked.QueryString) {
          throw athenaError('InvalidRequestException', 'Idempotent parameters do not match');
        }
        if (repeated !== undefined) return { QueryExecutionId: repeated.id };
        const execution = newExecution(context, workGroups, asked, call);
        executions.set(execution.id, execution);
        if (asked.ClientRequestToken !== undefined) {
          tokens.set(asked.ClientRequestToken, { id: execution.id, query: execution.query });
        }
        forgetOldResults(executions);
        void context.activity.track(() => execute(engine, execution));
        return { QueryExecutionId: execution.id };
      },
    },
    GetQueryExecution: onExecution('GetQueryExecution', async (execution) => {
      noteListed(execution.listedPartitions);
      return { QueryExecution: wireExecution(execution) };
    }),
    GetQueryResults: onExecution('GetQueryResults', (execution, call) => resultPage(context, execution, call)),
    StopQueryExecution: onExecution('StopQueryExecution', async (execution) => {
      if (execution.state === 'QUEUED' || execution.state === 'RUNNING') {
        execution.state = 'CANCELLED';
        execution.reason = 'Query cancelled by user';
        execution.completedAt = context.clock.now();
        execution.interrupt?.();
      }
      return {};
    }),
    ListQueryExecutions: {
      permissions: (input) => on('ListQueryExecutions', byWorkGroup.parse(input).WorkGroup),
      async run(input) {
        const { WorkGroup: name } = byWorkGroup.parse(input);
        const ids = [...executions.values()]
          .filter((execution) => execution.workGroup.name === name)
          .map(({ id }) => id);
        return { QueryExecutionIds: ids.toReversed().slice(0, 50) };
      },
    },
    GetWorkGroup: {
      permissions: (input) => on('GetWorkGroup', byWorkGroup.parse(input).WorkGroup),
      async run(input) {
        const group = workGroups.named(byWorkGroup.parse(input).WorkGroup);
        return {
          WorkGroup: {
            Name: group.name,
            State: group.state,
            Configuration: {
              EnforceWorkGroupConfiguration: group.enforced,
              BytesScannedCutoffPerQuery: group.scanCutoffBytes,
              ResultConfiguration: { OutputLocation: group.outputLocation },
              EngineVersion: { SelectedEngineVersion: 'AUTO', EffectiveEngineVersion: 'Athena engine version 3' },
            },
          },
        };
      },
    },
  };
}

function newExecution(
  context: CloudContext,
  workGroups: WorkGroups,
  asked: z.infer<typeof startInput>,
  call: Call,
): QueryExecution {
  const workGroup = workGroups.named(asked.WorkGroup);
  const client = asked.ResultConfiguration?.OutputLocation;
  const outputLocation = workGroup.enforced ? workGroup.outputLocation : (client ?? workGroup.outputLocation);
  if (outputLocation === undefined) {
    throw athenaError(
      'InvalidRequestException',
      'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
    );
  }
  return {
    id: randomUUID(),
    query: asked.QueryString,
    database: (asked.QueryExecutionContext?.Database ?? 'default').toLowerCase(),
    workGroup,
    principal: call.principal,
    outputLocation,
    parameters: asked.ExecutionParameters,
    submittedAt: context.clock.now(),
    state: 'QUEUED',
    statementType: 'DML',
    scannedBytes: 0,
    listedPartitions: 0,
    engineMs: 0,
  };
}

async function execute(engine: QueryEngine, execution: QueryExecution): Promise<void> {
  const from = performance.now();
  execution.state = 'RUNNING';
  const finish = (state: QueryExecution['state'], reason?: string) => {
    if (execution.state !== 'RUNNING') return;
    execution.state = state;
    execution.completedAt = engine.context.clock.now();
    if (reason !== undefined) execution.reason = reason;
  };
  try {
    await runStatement(engine, execution);
    finish('SUCCEEDED');
  } catch (error) {
    const failure = queryFailure(error);
    finish(failure.state, failure.reason);
  }
  execution.engineMs = Math.round(performance.now() - from);
}

function forgetOldResults(executions: ReadonlyMap<string, QueryExecution>): void {
  const done = [...executions.values()].flatMap(({ result }) =>
    result?.rows === undefined || !result.headed ? [] : [result],
  );
  for (const result of done.slice(0, Math.max(0, done.length - keptResults))) delete result.rows;
}
