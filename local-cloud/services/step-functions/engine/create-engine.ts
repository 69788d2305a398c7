import { stepFunctionsError } from '#local-cloud/services/step-functions/errors.ts';
import { openExecutionStore } from '#local-cloud/services/step-functions/store/execution-store.ts';
import { createTaskTokens } from '#local-cloud/services/step-functions/tasks/task-tokens.ts';
import type { Engine, EngineContext } from './engine.ts';
import type { Execution } from './execution.ts';
import { runExecution } from './run-execution.ts';
import type { Scope } from './scope.ts';
import { createTimers } from './timers.ts';

/** An engine with the executions that are stored in the folder; none of them goes on before it is told to. */
export function createEngine(context: EngineContext, folder: string): Engine {
  const store = openExecutionStore(folder);
  const timers = createTimers(context.clock);
  const atWork = new Map<
    string,
    { readonly execution: Execution; readonly controller: AbortController; readonly ended: Promise<Execution> }
  >();
  let isStopped = false;

  const goOn = (execution: Execution, scopes: readonly Scope[]): Promise<Execution> => {
    const controller = new AbortController();
    const ended = runExecution(engine, execution, scopes, controller.signal).then(() => {
      atWork.delete(execution.arn);
      return execution;
    });
    ended.catch((error: unknown) => console.error(`${execution.arn}:`, error));
    atWork.set(execution.arn, { execution, controller, ended });
    return ended;
  };
  const engine: Engine = {
    context,
    store,
    timers,
    tokens: createTaskTokens(),
    start: (asked) => {
      const execution: Execution = {
        ...asked,
        startMs: context.clock.now(),
        status: 'RUNNING',
        redriveCount: 0,
        lastEventId: 0,
      };
      return goOn(execution, []);
    },
    resume: (execution) => atWork.get(execution.arn)?.ended ?? goOn(execution, store.scopes(execution.arn)),
    end(arn, { status, error, cause }) {
      const running = atWork.get(arn);
      if (running === undefined)
        throw stepFunctionsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
      running.controller.abort();
      atWork.delete(arn);
      void [status, error, cause];
    },
    get isStopped() {
      return isStopped;
    },
    stop() {
      isStopped = true;
      timers.stop();
      store.close();
    },
  };
  return engine;
}
