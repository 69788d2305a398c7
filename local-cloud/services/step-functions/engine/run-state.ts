import type { State } from '#local-cloud/services/step-functions/language/state.ts';
import { runMap } from '#local-cloud/services/step-functions/map/run-map.ts';
import { runTask } from '#local-cloud/services/step-functions/tasks/run-task.ts';
import { chooseState } from './choose-state.ts';
import { failState } from './fail-state.ts';
import { runParallel } from './run-parallel.ts';
import { stateOutput } from './state-output.ts';
import type { Transition, VisitContext } from './visit-context.ts';
import { waitState } from './wait-state.ts';

/** Does what a state is there for. Throws `StateError` when it fails. */
export async function runState(context: VisitContext, state: State): Promise<Transition> {
  const { input } = context.scope;
  switch (state.Type) {
    case 'Pass':
      return { ...(await stateOutput(context, state, input)), next: state.Next };
    case 'Succeed':
      return await stateOutput(context, state, input);
    case 'Fail':
      return await failState(context, state);
    case 'Choice':
      return await chooseState(context, state);
    case 'Wait':
      return await waitState(context, state);
    case 'Task':
      return await withResult(context, state, await runTask(context, state));
    case 'Parallel':
      return await withResult(context, state, await runParallel(context, state));
    case 'Map':
      return await withResult(context, state, await runMap(context, state));
  }
}

async function withResult(
  context: VisitContext,
  state: Extract<State, { readonly Next?: string | undefined }>,
  result: unknown,
): Promise<Transition> {
  return { ...(await stateOutput(context, state, result, { result })), next: state.Next };
}
