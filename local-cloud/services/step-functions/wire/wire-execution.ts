import type { Execution } from '#local-cloud/services/step-functions/engine/execution.ts';

/** What DescribeExecution answers; times are epoch seconds on the wire. */
export function describeExecution(execution: Execution): Readonly<Record<string, unknown>> {
  const { input, output, error, cause } = execution;
  return {
    ...listedExecution(execution),
    input: JSON.stringify(input),
    inputDetails: { included: true },
    ...(execution.status === 'SUCCEEDED' ? { output: JSON.stringify(output), outputDetails: { included: true } } : {}),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    redriveStatus: isRedrivable(execution) ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    ...(isRedrivable(execution) ? {} : { redriveStatusReason: notRedrivableBecause(execution) }),
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

function isRedrivable({ status, mapRun }: Execution): boolean {
  return mapRun === undefined && ['FAILED', 'ABORTED', 'TIMED_OUT'].includes(status);
}

function notRedrivableBecause({ status }: Execution): string {
  return status === 'SUCCEEDED'
    ? 'Execution is SUCCEEDED and cannot be redriven'
    : `Execution is ${status} and cannot be redriven`;
}
