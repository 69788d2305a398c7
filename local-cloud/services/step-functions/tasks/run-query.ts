import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { AbortedError } from '#local-cloud/services/step-functions/engine/aborted-error.ts';
import { StateError } from '#local-cloud/services/step-functions/engine/state-error.ts';
import type { VisitContext } from '#local-cloud/services/step-functions/engine/visit-context.ts';
import { callService } from './call-service.ts';
import { sdkMetadata } from './sdk-metadata.ts';

const started = z.object({ QueryExecutionId: z.string() });
const described = z.looseObject({
  QueryExecution: z.looseObject({
    Status: z.looseObject({
      State: z.enum(['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED']),
      SubmissionDateTime: z.number(),
      CompletionDateTime: z.number().optional(),
    }),
  }),
});

/** On this machine a query takes its time by the machine's clock. */
const pollMs = 50;

const athena = (operation: string) => ({ service: 'athena', operation });

/** `athena:startQueryExecution.sync`: the query as it was when it had ended. A query that fails fails the task with `States.TaskFailed`. */
export async function runQuery(
  context: VisitContext,
  parameters: unknown,
  submitted: (output: unknown) => void,
): Promise<unknown> {
  const answer = await callService(context, athena('StartQueryExecution'), parameters);
  const { QueryExecutionId } = started.parse(answer);
  submitted({ ...answer, ...sdkMetadata(answer) });
  context.commit();
  for (;;) {
    const { QueryExecution: query } = described.parse(
      await callService(context, athena('GetQueryExecution'), { QueryExecutionId }),
    );
    const result = { QueryExecution: { ...query, Status: inMilliseconds(query.Status) } };
    if (query.Status.State === 'SUCCEEDED') return result;
    if (query.Status.State === 'FAILED' || query.Status.State === 'CANCELLED') {
      throw new StateError('States.TaskFailed', JSON.stringify(result));
    }
    await sleep(pollMs);
    if (context.place.signal.aborted) {
      await callService(context, athena('StopQueryExecution'), { QueryExecutionId }).catch(() => undefined);
      throw new AbortedError();
    }
  }
}

/** The wire has seconds; a task's result has milliseconds. */
function inMilliseconds(status: z.infer<typeof described>['QueryExecution']['Status']) {
  const { CompletionDateTime: completed, SubmissionDateTime: submittedAt } = status;
  return {
    ...status,
    SubmissionDateTime: Math.round(submittedAt * 1000),
    ...(completed === undefined ? {} : { CompletionDateTime: Math.round(completed * 1000) }),
  };
}
