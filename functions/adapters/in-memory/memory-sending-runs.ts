import type { OpenRun } from '#domain/campaign/open-run.ts';
import type { SendingRuns } from '#ports/sending-runs.ts';

/** The runs that may send, in memory. */
export class MemorySendingRuns implements SendingRuns {
  readonly runs = new Map<string, OpenRun>();

  async open(): Promise<readonly OpenRun[]> {
    return [...this.runs.values()];
  }

  async release(run: OpenRun): Promise<void> {
    this.runs.set(run.runId, run);
  }

  async hold(runId: string): Promise<void> {
    this.runs.delete(runId);
  }
}
