import * as z from 'zod';

/** A map run as it is stored, beside its items. Times are epoch milliseconds. */
export const storedMapRun = z.object({
  arn: z.string(),
  executionArn: z.string(),
  /** ARN of the state machine that its children are executions of: the parent's, with the label. */
  machineArn: z.string(),
  childName: z.string(),
  state: z.string(),
  status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'ABORTED']),
  startMs: z.number(),
  stopMs: z.number().optional(),
  /** Children to be run: batches, when items are batched. Absent until the items were read. */
  total: z.number().optional(),
  /** Items in each child when they are batched. */
  batchSizes: z.array(z.number()).optional(),
  maxConcurrency: z.number(),
  toleratedFailureCount: z.number(),
  toleratedFailurePercentage: z.number(),
  redriveCount: z.number(),
  redriveMs: z.number().optional(),
  resultsWritten: z.number(),
});
export type StoredMapRun = z.infer<typeof storedMapRun>;
