import type { Execution } from '#local-cloud/services/step-functions/engine/execution.ts';
import { redriveStatus } from '#local-cloud/services/step-functions/engine/redrive-status.ts';

/** A child execution as a ResultWriter writes it; documents are texts, times ISO 8601. */
export function childReport(child: Execution): Readonly<Record<string, unknown>> {
  const { arn, name, input, output, error, cause, redriveCount, redriveMs, startMs, stopMs, machine, status } = child;
  const { redriveStatus: status_, redriveStatusReason } = redriveStatus(child);
  return {
    ...(cause === undefined ? {} : { Cause: cause }),
    ...(error === undefined ? {} : { Error: error }),
    ExecutionArn: arn,
    Input: JSON.stringify(input),
    InputDetails: { Included: true },
    Name: name,
    ...(status === 'SUCCEEDED' ? { Output: JSON.stringify(output), OutputDetails: { Included: true } } : {}),
    RedriveCount: redriveCount,
    ...(redriveMs === undefined ? {} : { RedriveDate: new Date(redriveMs).toISOString() }),
    RedriveStatus: status_,
    ...(redriveStatusReason === undefined ? {} : { RedriveStatusReason: redriveStatusReason }),
    StartDate: new Date(startMs).toISOString(),
    StateMachineArn: machine.arn,
    Status: status,
    ...(stopMs === undefined ? {} : { StopDate: new Date(stopMs).toISOString() }),
  };
}
