import { StateError } from '#local-cloud/services/step-functions/engine/state-error.ts';
import type { VisitContext } from '#local-cloud/services/step-functions/engine/visit-context.ts';

/** How long a task may take, and how long nothing may be heard of it. */
export interface Limits {
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
}

/** The result of a task's work, unless it takes too long on the cloud's clock. Throws `States.Timeout`, without a cause as on AWS. */
export async function withinLimits(context: VisitContext, limits: Limits, work: Promise<unknown>): Promise<unknown> {
  const { visit, run, place } = context;
  const { timers } = run.engine;
  const ended = new AbortController();
  const signal = AbortSignal.any([place.signal, ended.signal]);
  const late = async (dueMs: () => number): Promise<never> => {
    // A heartbeat moves the time on while it is waited for.
    for (let due = dueMs(); due > run.engine.context.clock.now(); due = dueMs()) await timers.at(due, signal);
    throw new StateError('States.Timeout', undefined);
  };
  const { scheduledMs } = visit.task ?? { scheduledMs: run.engine.context.clock.now() };
  const { timeoutSeconds, heartbeatSeconds } = limits;
  const limitsPassed: Promise<never>[] = [];
  if (timeoutSeconds !== undefined) limitsPassed.push(late(() => scheduledMs + timeoutSeconds * 1000));
  if (heartbeatSeconds !== undefined)
    limitsPassed.push(late(() => (visit.task?.heartbeatMs ?? scheduledMs) + heartbeatSeconds * 1000));
  // The work goes on after a time-out, as on AWS; nobody hears of it.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, ...limitsPassed]);
  } finally {
    ended.abort();
  }
}
