import type { CloudContext } from '#local-cloud/cloud/service.ts';
import type { Iam } from '#local-cloud/iam/iam.ts';
import type { Meter } from '#local-cloud/metering/meter.ts';
import type { Machine } from '#local-cloud/services/step-functions/language/machine.ts';
import type { MapRuns } from '#local-cloud/services/step-functions/map/map-runs.ts';
import type { ExecutionStore } from '#local-cloud/services/step-functions/store/execution-store.ts';
import type { TaskTokens } from '#local-cloud/services/step-functions/tasks/task-tokens.ts';
import type { Execution } from './execution.ts';
import type { Timers } from './timers.ts';

/** What of the cloud executions need. */
export interface EngineContext extends CloudContext {
  readonly meter: Pick<Meter, 'transitioned'>;
  readonly iam: Pick<Iam, 'authorise'>;
}

/** What all executions of this cloud share. */
export interface Engine {
  readonly context: EngineContext;
  readonly store: ExecutionStore;
  readonly timers: Timers;
  readonly mapRuns: MapRuns;
  readonly tokens: TaskTokens;
  /** Throws AccessDeniedException when the role may not do that. */
  authorise(roleArn: string, action: string, resource: string): void;
  /** Starts an execution and goes on; the answer resolves when it has ended. */
  start(execution: NewExecution): Promise<Execution>;
  /** Goes on with one that has not ended; the answer resolves when it has. */
  resume(execution: Execution): Promise<Execution>;
  /** Runs again what failed or was aborted of one that has ended; the answer resolves when it ends again. */
  redrive(execution: Execution): Promise<Execution>;
  /** Ends one that runs, from outside. */
  end(executionArn: string, ending: { status: 'ABORTED' | 'TIMED_OUT'; error?: string; cause?: string }): void;
  isAtWork(executionArn: string): boolean;
  /** Whether the cloud stops: nothing is recorded any more. */
  readonly isStopped: boolean;
  stop(): void;
}

/** What an execution is made from. */
export interface NewExecution extends Pick<Execution, 'arn' | 'name' | 'input' | 'mapRun'> {
  readonly machine: Machine;
}
