import { dayMs } from '#local-cloud/cloud/clock.ts';
import type { Execution } from './execution.ts';

/** For how long after its end an execution can be redriven, and how often: API reference of RedriveExecution. */
const redrivableMs = 14 * dayMs;
const mostRedrives = 1000;

/** Whether an execution can be redriven, with the reason when it can't. */
export function redriveStatus(
  { status, mapRun, stopMs = 0, redriveCount }: Execution,
  nowMs = stopMs,
): {
  readonly redriveStatus: 'REDRIVABLE' | 'NOT_REDRIVABLE' | 'REDRIVABLE_BY_MAP_RUN';
  readonly redriveStatusReason?: string;
} {
  const not = (redriveStatusReason: string) => ({ redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason }) as const;
  if (!['FAILED', 'ABORTED', 'TIMED_OUT'].includes(status)) return not(`Execution is ${status} and cannot be redriven`);
  if (nowMs - stopMs > redrivableMs) return not('Execution redrivable period exceeded');
  if (redriveCount >= mostRedrives) return not('Execution redrive limit exceeded');
  return { redriveStatus: mapRun === undefined ? 'REDRIVABLE' : 'REDRIVABLE_BY_MAP_RUN' };
}
