import { batchDecisionId } from './batch-decision-id.ts';

/** Digits of an id that name the run. */
const runDigits = 8;

/**
 * The id of a run's decision for a customer: a batch's, whose part that is shared names the run (32 bits of a keyed hash) and the chunk
 * (its number), for the decisions of a chunk are stored together. Hashes in hex.
 */
export function campaignDecisionId(runHash: string, chunk: number, customerHash: string): string {
  return batchDecisionId(`${runPart(runHash)}${chunk.toString(16).padStart(6, '0')}`, customerHash);
}

/** What the ids of all decisions of a run begin with. */
export function runPart(runHash: string): string {
  return runHash.slice(0, runDigits);
}

/** Whether a decision is of the run that has this part. */
export function isOfRun(decisionId: string, part: string): boolean {
  return isOfBatch.test(decisionId) && decisionId.startsWith(part);
}

const isOfBatch = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[ab]/;
