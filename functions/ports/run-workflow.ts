/** Executions of runs, by name. */
export interface RunWorkflow {
  /** Starts an execution for a run; one of the same name that is there already stays the only one. */
  start(name: string, runId: string): Promise<void>;
  /** How an execution is; absent when none of the name is known. */
  state(name: string): Promise<'running' | 'succeeded' | 'failed' | 'absent'>;
  /** Goes on with an execution that failed, where it failed. */
  redrive(name: string): Promise<void>;
}
