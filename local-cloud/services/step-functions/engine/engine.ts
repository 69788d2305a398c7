import type { CloudContext } from '#local-cloud/cloud/service.ts';
import type { Meter } from '#local-cloud/metering/meter.ts';
import type { Machine } from '#local-cloud/services/step-functions/language/machine.ts';
import type { ExecutionStore } from '#local-cloud/services/step-functions/store/execution-store.ts';
import type { TaskTokens } from '#local-cloud/services/step-functions/tasks/task-tokens.ts';
import type { Execution } from './execution.ts';
import type { Timers } from './timers.ts';

/** What of the cloud executions need. */
export interface EngineContext extends CloudContext {
  readonly meter: Pick<Meter, 'transitioned'>;
}

/** What all executions of this cloud share. */
export interface Engine {
  readonly context: EngineContext;
  readonly store: ExecutionStore;
  readonly timers: Timers;
  readonly tokens: TaskTokens;
  /** Starts an execution and goes on; the answer resolves when it has ended. */
  start(execution: NewExecution): Promise<Execution>;
  /** Goes on with one that has not ended; the answer resolves when it has. */
  resume(execution: Execution): Promise<Execution>;
  /** Ends one that runs, from outside. */
  end(executionArn: string, ending: { status: 'ABORTED' | 'TIMED_OUT'; error?: string; cause?: string }): void;
  /** Whether the cloud stops: nothing is recorded any more. */
  readonly isStopped: boolean;
  stop(): void;
}

/** What an execution is made from. */
export interface NewExecution extends Pick<Execution, 'arn' | 'name' | 'input' | 'mapRun'> {
  readonly machine: Machine;
}
