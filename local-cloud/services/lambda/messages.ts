import * as z from 'zod';

/** What a worker thread starts with. */
export const workerSettings = z.object({
  /** Bundle's file and the export that answers invocations. */
  file: z.string(),
  exportName: z.string(),
  clockOffset: z.instanceof(SharedArrayBuffer),
});
export type WorkerSettings = z.infer<typeof workerSettings>;

/** One invocation, to the worker. */
export const invocation = z.object({
  payload: z.string(),
  requestId: z.string(),
  functionName: z.string(),
  functionArn: z.string(),
  memoryMb: z.number(),
  /** Epoch milliseconds of the cloud's clock. */
  deadlineMs: z.number(),
});
export type Invocation = z.infer<typeof invocation>;

/** The function's answer: JSON of its result or, with `failed`, of its error as Lambda reports it. */
export const answer = z.object({
  requestId: z.string(),
  payload: z.string(),
  failed: z.boolean(),
  /** Milliseconds of the handler, of its computing, and of loading the bundle if that was done for this invocation. */
  timing: z.object({ durationMs: z.number(), cpuMs: z.number(), initMs: z.number() }),
});
export type Answer = z.infer<typeof answer>;
