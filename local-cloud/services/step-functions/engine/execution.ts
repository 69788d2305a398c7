import type { Machine } from '#local-cloud/services/step-functions/language/machine.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE';

/** One run of a state machine, or of a distributed map's item. Times are epoch milliseconds. */
export interface Execution {
  readonly arn: string;
  readonly name: string;
  /** As it was when the execution started: a redrive runs the same. */
  readonly machine: Machine;
  readonly input: unknown;
  readonly startMs: number;
  /** The map run that it is a child of, and which of its items it has. */
  readonly mapRun?: { readonly arn: string; readonly index: number };
  status: ExecutionStatus;
  stopMs?: number;
  output?: unknown;
  error?: string;
  cause?: string;
  redriveCount: number;
  redriveMs?: number;
  lastEventId: number;
}
