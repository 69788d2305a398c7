import * as z from 'zod';
import type { Operation } from '#local-cloud/cloud/service.ts';
import type { Engine } from '#local-cloud/services/step-functions/engine/engine.ts';
import type { Execution } from '#local-cloud/services/step-functions/engine/execution.ts';
import { redriveStatus } from '#local-cloud/services/step-functions/engine/redrive-status.ts';
import { stepFunctionsError } from '#local-cloud/services/step-functions/errors.ts';
import { readInput } from '#local-cloud/services/step-functions/wire/read-input.ts';

const redriveInput = z.object({ executionArn: z.string(), clientToken: z.string().min(1).max(64).optional() });

/** RedriveExecution: the same token again is the same redrive, for as long as this cloud runs. */
export function redriveOperation(engine: Engine, found: (arn: string) => Execution): Operation {
  const tokens = new Map<string, string | undefined>();
  return {
    permissions: (input) => [
      { action: 'states:RedriveExecution', resources: [readInput(redriveInput, input).executionArn] },
    ],
    async run(input) {
      const { executionArn, clientToken } = readInput(redriveInput, input);
      const execution = found(executionArn);
      const answer = (redriveMs: number) => ({ redriveDate: redriveMs / 1000 });
      if (clientToken !== undefined && tokens.get(executionArn) === clientToken && execution.redriveMs !== undefined) {
        return answer(execution.redriveMs);
      }
      const { redriveStatus: status, redriveStatusReason } = redriveStatus(execution, engine.context.clock.now());
      if (status !== 'REDRIVABLE') {
        const reason = redriveStatusReason ?? 'it is redriven with its map run';
        throw stepFunctionsError('ExecutionNotRedrivable', `Execution Not Redrivable: '${reason}'`);
      }
      tokens.set(executionArn, clientToken);
      void engine.redrive(execution);
      return answer(engine.context.clock.now());
    },
  };
}
