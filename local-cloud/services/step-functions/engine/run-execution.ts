import { AbortedError } from './aborted-error.ts';
import { document } from './history-event.ts';
import { type Run, SuspendedError } from './run.ts';
import { runFlow } from './run-flow.ts';
import { newScope } from './scope.ts';

/** Runs an execution from where it stands to its end. Resolves to false when it was ended from outside or the cloud stops. */
export async function runExecution(run: Run, signal: AbortSignal): Promise<boolean> {
  const { execution, engine } = run;
  const { machine, input } = execution;
  try {
    if (execution.lastEventId === 0)
      run.record('ExecutionStarted', 0, { ...document('input', input), roleArn: machine.roleArn });
    // The first state's event follows none.
    const scope = run.scope('') ?? newScope('', machine.flow.StartAt, input, 0);
    run.save(scope);
    run.commit();
    const outcome = await runFlow(run, scope, machine.flow, { signal, outerVariables: {} });
    execution.stopMs = engine.context.clock.now();
    if (outcome.kind === 'succeeded') {
      execution.status = 'SUCCEEDED';
      execution.output = outcome.output;
      run.record('ExecutionSucceeded', scope.lastEventId, document('output', outcome.output));
      run.forget('');
    } else {
      const { error, cause } = outcome;
      const told = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
      Object.assign(execution, { status: 'FAILED', ...told });
      run.record('ExecutionFailed', scope.lastEventId, told);
    }
    run.commit();
    return true;
  } catch (error) {
    if (error instanceof AbortedError || error instanceof SuspendedError || engine.isStopped) return false;
    throw error;
  }
}
