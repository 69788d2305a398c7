import type { Execution } from '#local-cloud/services/step-functions/engine/execution.ts';
import { redriveStatus } from '#local-cloud/services/step-functions/engine/redrive-status.ts';

/** What DescribeExecution answers; times are epoch seconds on the wire. */
export function describeExecution(execution: Execution, nowMs: number): Readonly<Record<string, unknown>> {
  const { input, output, error, cause } = execution;
  return {
    ...listedExecution(execution),
    input: JSON.stringify(input),
    inputDetails: { included: true },
    ...(execution.status === 'SUCCEEDED' ? { output: JSON.stringify(output), outputDetails: { included: true } } : {}),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    ...redriveStatus(execution, nowMs),
  };
}

/** An execution in a list. */
export function listedExecution(execution: Execution): Readonly<Record<string, unknown>> {
  const { stopMs, redriveMs, mapRun } = execution;
  return {
    executionArn: execution.arn,
    stateMachineArn: execution.machine.arn,
    name: execution.name,
    status: execution.status,
    startDate: execution.startMs / 1000,
    ...(stopMs === undefined ? {} : { stopDate: stopMs / 1000 }),
    ...(mapRun === undefined ? {} : { mapRunArn: mapRun.arn }),
    redriveCount: execution.redriveCount,
    ...(redriveMs === undefined ? {} : { redriveDate: redriveMs / 1000 }),
  };
}
