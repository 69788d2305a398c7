import type { Catcher, Retrier, State } from '#local-cloud/services/step-functions/language/state.ts';
import { flowsWithin } from './flows-within.ts';
import { retryDelayMs } from './retry-delay.ts';
import { StateError } from './state-error.ts';
import { stateOutput } from './state-output.ts';
import type { Transition, VisitContext } from './visit-context.ts';

/**
 * After a state failed: says when it is to be tried again (then it answers undefined, and the visit goes on), or where it is caught,
 * or ends the flow.
 */
export async function recover(
  context: VisitContext,
  state: State,
  failure: StateError,
): Promise<Transition | undefined> {
  const error = failure.fault === undefined ? failure : tellEvaluation(context, failure);
  if ('Retry' in state && willRetry(context, state.Retry, error)) return undefined;
  if (state.Type === 'Map' || state.Type === 'Parallel') context.record(`${state.Type}StateFailed`);
  const catcher =
    'Catch' in state ? state.Catch.find(({ ErrorEquals }) => matches(ErrorEquals, error.error)) : undefined;
  if (catcher === undefined) {
    context.scope.outcome = { kind: 'failed', error: error.error, cause: error.reason };
    context.run.save(context.scope);
    return undefined;
  }
  try {
    return await caught(context, state, catcher, error);
  } catch (again) {
    if (!(again instanceof StateError)) throw again;
    const told = again.fault === undefined ? again : tellEvaluation(context, again);
    context.scope.outcome = { kind: 'failed', error: told.error, cause: told.reason };
    context.run.save(context.scope);
    return undefined;
  }
}

async function caught(context: VisitContext, state: State, catcher: Catcher, error: StateError): Promise<Transition> {
  const errorOutput = { Error: error.error ?? '', Cause: error.reason ?? '' };
  const location = `Catch[${'Catch' in state ? state.Catch.indexOf(catcher) : 0}]/`;
  return { ...(await stateOutput(context, catcher, errorOutput, { errorOutput }, location)), next: catcher.Next };
}

/** Adds the event of a field that can't be evaluated; answers the error with its whole text. */
function tellEvaluation(context: VisitContext, { error, reason, fault }: StateError): StateError {
  const { visit, name, scope } = context;
  const cause = `An error occurred while executing the state '${name}' (entered at the event id #${visit.enteredEventId}). ${reason}`;
  if (fault?.when === 'on entering' && scope.lastEventId === visit.enteredEventId) {
    scope.lastEventId = visit.cameFromEventId;
  }
  context.record('EvaluationFailed', {
    error,
    cause,
    ...(fault?.location === undefined ? {} : { location: fault.location }),
    state: name,
  });
  return new StateError(error, cause);
}

function willRetry(context: VisitContext, retriers: readonly Retrier[], { error }: StateError): boolean {
  const { visit, run } = context;
  const index = retriers.findIndex(({ ErrorEquals }) => matches(ErrorEquals, error));
  const retrier = retriers[index];
  const used = visit.retries[index] ?? 0;
  if (retrier === undefined || used >= retrier.MaxAttempts) return false;
  visit.retries = retriers.map((_, at) => (visit.retries[at] ?? 0) + (at === index ? 1 : 0));
  visit.retryCount = (visit.retryCount ?? 0) + 1;
  visit.waitUntilMs = run.engine.context.clock.now() + retryDelayMs(retrier, used);
  delete visit.task;
  delete visit.token;
  delete visit.isStarted;
  delete visit.mapRunArn;
  run.forget(flowsWithin(context));
  context.commit();
  return true;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
function matches(names: readonly string[], error: string | undefined): boolean {
  return names.some((name) => {
    switch (name) {
      case 'States.ALL':
        return error !== 'States.Runtime';
      case 'States.TaskFailed':
        return !['States.Timeout', 'States.QueryEvaluationError', 'States.Runtime'].includes(error ?? '');
      default:
        return name === error;
    }
  });
}
