import type { OpenRun } from '#domain/campaign/open-run.ts';

/** The runs that may send. Who sends asks again before each message, or no longer than 2 seconds before it. */
export interface SendingRuns {
  /** The latest list of them. One round trip. */
  open(): Promise<readonly OpenRun[]>;
  /** Lets a run send. */
  release(run: OpenRun): Promise<void>;
  /** Takes it back: it is paused, cancelled or over. */
  hold(runId: string): Promise<void>;
}
