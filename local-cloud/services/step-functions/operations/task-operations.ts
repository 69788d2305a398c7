import * as z from 'zod';
import type { Operation } from '#local-cloud/cloud/service.ts';
import { stepFunctionsError } from '#local-cloud/services/step-functions/errors.ts';
import type { Machines } from '#local-cloud/services/step-functions/machines.ts';
import type { TaskTokens, TokenMessage } from '#local-cloud/services/step-functions/tasks/task-tokens.ts';
import { parsedDocument } from '#local-cloud/services/step-functions/wire/parsed-document.ts';
import { readInput } from '#local-cloud/services/step-functions/wire/read-input.ts';

const byToken = z.object({ taskToken: z.string().min(1).max(2048) });
const success = byToken.extend({ output: z.string() });
const failure = byToken.extend({ error: z.string().max(256).optional(), cause: z.string().max(32_768).optional() });

/** Gives tasks back that wait for their token. */
export function taskOperations(tokens: TaskTokens, machines: Machines): Readonly<Record<string, Operation>> {
  const operation = (action: string, messageOf: (input: unknown) => TokenMessage): Operation => ({
    // Which machine a token is of is in nobody's policy: whoever may send for any of them may send.
    permissions: () => [{ action: `states:${action}`, resources: machines.all().map(({ arn }) => arn) }],
    async run(input) {
      const { taskToken } = readInput(byToken, input);
      if (!tokens.send(taskToken, messageOf(input))) {
        throw stepFunctionsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
      }
      return {};
    },
  });
  return {
    SendTaskSuccess: operation('SendTaskSuccess', (input) => ({
      kind: 'success',
      output: parsedDocument(readInput(success, input).output, 'InvalidOutput', 'Invalid Output'),
    })),
    SendTaskFailure: operation('SendTaskFailure', (input) => {
      const { error, cause } = readInput(failure, input);
      return { kind: 'failure', error, cause };
    }),
    SendTaskHeartbeat: operation('SendTaskHeartbeat', () => ({ kind: 'heartbeat' })),
  };
}
