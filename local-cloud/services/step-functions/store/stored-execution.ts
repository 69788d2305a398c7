import * as z from 'zod';
import type { HistoryEvent } from '#local-cloud/services/step-functions/engine/history-event.ts';
import type { Scope } from '#local-cloud/services/step-functions/engine/scope.ts';

/** An execution as it is stored: its machine is stored once, under the key that is named here. */
export const storedExecution = z.object({
  arn: z.string(),
  name: z.string(),
  machineKey: z.string(),
  input: z.unknown(),
  startMs: z.number(),
  mapRun: z.object({ arn: z.string(), index: z.number() }).exactOptional(),
  status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']),
  stopMs: z.number().exactOptional(),
  output: z.unknown().exactOptional(),
  error: z.string().exactOptional(),
  cause: z.string().exactOptional(),
  redriveCount: z.number(),
  redriveMs: z.number().exactOptional(),
  lastEventId: z.number(),
});

export const storedMachine = z.object({
  arn: z.string(),
  name: z.string(),
  roleArn: z.string(),
  text: z.string(),
  createdMs: z.number(),
});

const outcome = z.union([
  z.object({ kind: z.literal('succeeded'), output: z.unknown() }),
  z.object({ kind: z.literal('failed'), error: z.string().optional(), cause: z.string().optional() }),
]);

export const storedScope: z.ZodType<Scope> = z.object({
  path: z.string(),
  state: z.string(),
  input: z.unknown(),
  variables: z.record(z.string(), z.unknown()),
  lastEventId: z.number(),
  visit: z
    .object({
      enteredEventId: z.number(),
      cameFromEventId: z.number(),
      enteredMs: z.number(),
      retries: z.array(z.number()),
      retryCount: z.number().exactOptional(),
      waitUntilMs: z.number().exactOptional(),
      token: z.string().exactOptional(),
      isStarted: z.boolean().exactOptional(),
      task: z
        .object({
          scheduledMs: z.number(),
          isSubmitted: z.boolean().exactOptional(),
          heartbeatMs: z.number().exactOptional(),
          result: z.object({ value: z.unknown() }).exactOptional(),
        })
        .exactOptional(),
      mapRunArn: z.string().exactOptional(),
    })
    .exactOptional(),
  outcome: outcome.exactOptional(),
});

const details = z.templateLiteral([z.string(), 'EventDetails']);

export const storedEvent: z.ZodType<HistoryEvent> = z.intersection(
  z.object({ id: z.number(), previousEventId: z.number(), timestamp: z.number(), type: z.string() }),
  z.looseRecord(details, z.record(z.string(), z.unknown())),
);
