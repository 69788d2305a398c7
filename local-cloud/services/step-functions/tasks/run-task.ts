import * as z from 'zod';
import { document } from '#local-cloud/services/step-functions/engine/history-event.ts';
import { StateError } from '#local-cloud/services/step-functions/engine/state-error.ts';
import { checkSize } from '#local-cloud/services/step-functions/engine/state-output.ts';
import type { VisitContext } from '#local-cloud/services/step-functions/engine/visit-context.ts';
import { evaluate, evaluateAs } from '#local-cloud/services/step-functions/jsonata/evaluate.ts';
import type { TaskState } from '#local-cloud/services/step-functions/language/state.ts';
import { type Resource, readResource } from './resource.ts';
import { type TaskEvents, taskEvents } from './task-events.ts';
import { taskWork } from './task-work.ts';
import { type Limits, withinLimits } from './within-limits.ts';

const seconds = z.int().min(1).max(99_999_999);

/**
 * Does a task's work in the machine's role and answers its result. What is in flight when the process dies is done again: nothing of
 * it was recorded. Throws `StateError`.
 */
export async function runTask(context: VisitContext, state: TaskState): Promise<unknown> {
  const resource = readResource(state.Resource);
  if (resource === undefined) throw new StateError('States.Runtime', `${state.Resource} is not supported`);
  const { visit, run } = context;
  if (visit.task?.result !== undefined) return visit.task.result.value;
  if (resource.kind === 'integration' && resource.pattern === 'waitForTaskToken')
    visit.token ??= run.engine.tokens.newToken();
  const field = async (value: unknown, name: string) =>
    value === undefined ? undefined : await evaluateAs('number', seconds, value, name, context.bindings());
  const parameters =
    state.Arguments === undefined
      ? context.scope.input
      : await evaluate(state.Arguments, 'Arguments', context.bindings());
  const limits: Limits = {
    timeoutSeconds: await field(state.TimeoutSeconds, 'TimeoutSeconds'),
    heartbeatSeconds: await field(state.HeartbeatSeconds, 'HeartbeatSeconds'),
  };
  const events = taskEvents(resource, run.engine.context.region);
  if (visit.task === undefined) {
    visit.task = { scheduledMs: run.engine.context.clock.now() };
    context.record(...events.scheduled(parameters, limits));
    context.record(...events.started());
    context.commit();
  }
  const value = await settled(context, resource, parameters, limits, events);
  context.record(...events.succeeded(document('output', value)));
  visit.task.result = { value };
  context.commit();
  return value;
}

async function settled(
  context: VisitContext,
  resource: Resource,
  parameters: unknown,
  limits: Limits,
  events: TaskEvents,
): Promise<unknown> {
  try {
    const work = taskWork(context, resource, parameters, (output) => context.record(...events.submitted(output)));
    const result = await withinLimits(context, limits, work);
    checkSize(result, resource.kind === 'function' ? resource.arn : resource.type);
    return result;
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    const details = error.reason === undefined ? { error: error.error } : { error: error.error, cause: error.reason };
    context.record(...(error.error === 'States.Timeout' ? events.timedOut(details) : events.failed(details)));
    throw error;
  }
}
