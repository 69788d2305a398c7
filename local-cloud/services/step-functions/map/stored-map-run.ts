import * as z from 'zod';

/** A map run as it is stored, beside its items. Times are epoch milliseconds. */
export const storedMapRun = z.object({
  arn: z.string(),
  executionArn: z.string(),
  /** ARN of what its children are executions of: the state machine's, with the map's label. */
  machineArn: z.string(),
  status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'ABORTED']),
  startMs: z.number(),
  stopMs: z.number().exactOptional(),
  /** How many items each child has, once they were read. */
  childSizes: z.array(z.number()).exactOptional(),
  /** 0 when there is no limit. */
  maxConcurrency: z.number(),
  /** Absent where the state does not say it: then one failed item is too many, unless a percentage is tolerated. */
  toleratedFailureCount: z.number().exactOptional(),
  toleratedFailurePercentage: z.number().exactOptional(),
  redriveCount: z.number(),
  redriveMs: z.number().exactOptional(),
});
export type StoredMapRun = z.infer<typeof storedMapRun>;
