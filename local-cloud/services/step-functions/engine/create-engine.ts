import { stepFunctionsError } from '#local-cloud/services/step-functions/errors.ts';
import { createMapRuns } from '#local-cloud/services/step-functions/map/map-runs.ts';
import { openExecutionStore } from '#local-cloud/services/step-functions/store/execution-store.ts';
import { createTaskTokens } from '#local-cloud/services/step-functions/tasks/task-tokens.ts';
import type { Engine, EngineContext } from './engine.ts';
import type { Execution } from './execution.ts';
import { redriveMapRun } from './redrive-map-run.ts';
import { redrivenScopes } from './redriven-scopes.ts';
import { createRun, type Run } from './run.ts';
import { runExecution } from './run-execution.ts';
import type { Scope } from './scope.ts';
import { createTimers } from './timers.ts';

/** An execution that runs. */
interface Working {
  readonly run: Run;
  readonly controller: AbortController;
  readonly ended: PromiseWithResolvers<Execution>;
}

/** An engine with the executions that are stored in the folder; none of them goes on before it is told to. */
export function createEngine(context: EngineContext, folder: string): Engine {
  const store = openExecutionStore(folder);
  const timers = createTimers(context.clock);
  const atWork = new Map<string, Working>();
  let isStopped = false;

  const finish = ({ run: { execution }, ended }: Working): void => {
    atWork.delete(execution.arn);
    ended.resolve(execution);
  };
  const goOn = (run: Run): Promise<Execution> => {
    const working = { run, controller: new AbortController(), ended: Promise.withResolvers<Execution>() };
    const { arn, machine, startMs } = run.execution;
    atWork.set(arn, working);
    runExecution(run, working.controller.signal).then(
      (hasEnded) => hasEnded && finish(working),
      (error: unknown) => console.error(`${arn}:`, error),
    );
    const { timeoutSeconds } = { timeoutSeconds: machine.flow.TimeoutSeconds };
    if (timeoutSeconds !== undefined) {
      void timers
        .at(startMs + timeoutSeconds * 1000, working.controller.signal)
        .then(() => atWork.has(arn) && engine.end(arn, { status: 'TIMED_OUT' }));
    }
    return working.ended.promise;
  };
  const engine: Engine = {
    context,
    store,
    timers,
    mapRuns: createMapRuns(store),
    tokens: createTaskTokens(),
    authorise: (roleArn, action, resource) =>
      context.iam.authorise(context.roleOf(roleArn), [{ action, resources: [resource] }]),
    start(asked) {
      const startMs = context.clock.now();
      return goOn(createRun(engine, { ...asked, startMs, status: 'RUNNING', redriveCount: 0, lastEventId: 0 }, []));
    },
    resume: (execution) =>
      atWork.get(execution.arn)?.ended.promise ?? goOn(createRun(engine, execution, store.scopes(execution.arn))),
    redrive(failed) {
      const { stopMs: _, error: _error, cause: _cause, ...execution } = failed;
      const redriveCount = failed.redriveCount + 1;
      const scopes = redrivenScopes(store.scopes(failed.arn));
      const run = createRun(
        engine,
        { ...execution, status: 'RUNNING', redriveCount, redriveMs: context.clock.now() },
        scopes,
      );
      run.record('ExecutionRedriven', failed.lastEventId, { redriveCount });
      for (const scope of scopes) redriveWithin(run, scope);
      run.commit();
      return goOn(run);
    },
    end(arn, { status, ...said }) {
      const working = atWork.get(arn);
      if (working === undefined)
        throw stepFunctionsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
      const { run, controller } = working;
      controller.abort();
      Object.assign(run.execution, { status, stopMs: context.clock.now(), ...said });
      const type = status === 'ABORTED' ? 'ExecutionAborted' : 'ExecutionTimedOut';
      run.record(type, run.scope('')?.lastEventId ?? 0, said);
      run.commit();
      finish(working);
    },
    isAtWork: (arn) => atWork.has(arn),
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

function redriveWithin(run: Run, scope: Scope): void {
  run.save(scope);
  const { visit } = scope;
  // Of a map run whose items were never read there is nothing to be redriven: it begins anew.
  if (visit?.mapRunArn === undefined) return;
  scope.lastEventId = redriveMapRun(run, visit.mapRunArn, scope.lastEventId);
}
