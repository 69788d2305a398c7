import type { Appraisal, Assignment } from '#domain/campaign/appraisal.ts';

/** What a run's steps hand each other, a file a chunk. A step that finds its file has done its work. */
export interface RunFiles {
  /** Ids of the customers that a query has unloaded, as its manifest names the files; each as often as they say it. */
  audience(manifest: string): AsyncIterable<string>;
  putBatch(runId: string, chunk: number, customerIds: readonly string[]): Promise<void>;
  batch(runId: string, chunk: number): Promise<readonly string[]>;
  putAppraisals(runId: string, chunk: number, appraisals: readonly Appraisal[]): Promise<void>;
  /** Undefined where the chunk was not appraised. */
  appraisals(runId: string, chunk: number): Promise<readonly Appraisal[] | undefined>;
  putAssignments(runId: string, chunk: number, assignments: readonly Assignment[]): Promise<void>;
  /** Undefined where nothing was allocated to the chunk yet. */
  assignments(runId: string, chunk: number): Promise<readonly Assignment[] | undefined>;
}
