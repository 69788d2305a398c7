import type { Appraisal, Assignment } from '#domain/campaign/appraisal.ts';
import type { RunFiles } from '#ports/run-files.ts';
import { UnexpectedShapeError } from '#runtime/errors.ts';

/** Files of runs in memory; an audience is put under the name of its manifest. */
export class MemoryRunFiles implements RunFiles {
  readonly audiences = new Map<string, readonly string[]>();
  readonly batches = new Map<string, readonly string[]>();
  readonly appraised = new Map<string, readonly Appraisal[]>();
  readonly assigned = new Map<string, readonly Assignment[]>();

  async *audience(manifest: string): AsyncGenerator<string> {
    yield* this.audiences.get(manifest) ?? [];
  }

  async putBatch(runId: string, chunk: number, customerIds: readonly string[]): Promise<void> {
    this.batches.set(nameOf(runId, chunk), customerIds);
  }

  async batch(runId: string, chunk: number): Promise<readonly string[]> {
    const found = this.batches.get(nameOf(runId, chunk));
    if (found === undefined) throw new UnexpectedShapeError(`Run ${runId} has no batch ${chunk}`);
    return found;
  }

  async putAppraisals(runId: string, chunk: number, appraisals: readonly Appraisal[]): Promise<void> {
    this.appraised.set(nameOf(runId, chunk), appraisals);
  }

  async appraisals(runId: string, chunk: number): Promise<readonly Appraisal[] | undefined> {
    return this.appraised.get(nameOf(runId, chunk));
  }

  async putAssignments(runId: string, chunk: number, assignments: readonly Assignment[]): Promise<void> {
    this.assigned.set(nameOf(runId, chunk), assignments);
  }

  async assignments(runId: string, chunk: number): Promise<readonly Assignment[] | undefined> {
    return this.assigned.get(nameOf(runId, chunk));
  }
}

const nameOf = (runId: string, chunk: number) => `${runId} ${chunk}`;
