import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Operation, Permission } from '#local-cloud/cloud/service.ts';
import type { Engine } from '#local-cloud/services/step-functions/engine/engine.ts';
import type { Execution } from '#local-cloud/services/step-functions/engine/execution.ts';
import { stepFunctionsError } from '#local-cloud/services/step-functions/errors.ts';
import type { Machines } from '#local-cloud/services/step-functions/machines.ts';
import { historyPage } from '#local-cloud/services/step-functions/wire/history-page.ts';
import { paged, pageInput } from '#local-cloud/services/step-functions/wire/page.ts';
import { parsedDocument } from '#local-cloud/services/step-functions/wire/parsed-document.ts';
import { readInput } from '#local-cloud/services/step-functions/wire/read-input.ts';
import { describeExecution, listedExecution } from '#local-cloud/services/step-functions/wire/wire-execution.ts';
import { redriveOperation } from './redrive-operation.ts';

const byMachine = z.object({ stateMachineArn: z.string() });
const startInput = byMachine.extend({
  name: z
    .string()
    .min(1)
    .max(80)
    .regex(/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]+$/u)
    .optional(),
  input: z.string().default('{}'),
});
const byExecution = z.object({ executionArn: z.string() });
const historyInput = byExecution.extend({ ...pageInput.shape, reverseOrder: z.boolean().default(false) });
const listInput = z.object({
  ...pageInput.shape,
  stateMachineArn: z.string().optional(),
  mapRunArn: z.string().optional(),
  statusFilter: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']).optional(),
});
const stopInput = byExecution.extend({
  error: z.string().max(256).optional(),
  cause: z.string().max(32_768).optional(),
});

/** Starts executions, tells of them and ends them. */
export function executionOperations(engine: Engine, machines: Machines): Readonly<Record<string, Operation>> {
  const found = (arn: string): Execution => {
    const execution = engine.store.find(arn);
    if (execution !== undefined) return execution;
    throw stepFunctionsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  };
  const onExecution =
    (action: string) =>
    (input: unknown): readonly Permission[] => [
      { action: `states:${action}`, resources: [readInput(byExecution, input).executionArn] },
    ];
  return {
    StartExecution: {
      permissions: (input) => [
        { action: 'states:StartExecution', resources: [readInput(byMachine, input).stateMachineArn] },
      ],
      async run(input) {
        const { stateMachineArn, name = randomUUID(), input: text } = readInput(startInput, input);
        const machine = machines.byArn(stateMachineArn);
        const document = parsedDocument(text, 'InvalidExecutionInput', 'Invalid State Machine Execution Input');
        const arn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
        const known = engine.store.find(arn);
        if (known === undefined) {
          void engine.start({ arn, name, machine, input: document });
          return { executionArn: arn, startDate: found(arn).startMs / 1000 };
        }
        // Asked again while it runs it is one execution; otherwise a name is not used twice.
        const isSame = known.status === 'RUNNING' && JSON.stringify(known.input) === JSON.stringify(document);
        if (!isSame) throw stepFunctionsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
        return { executionArn: arn, startDate: known.startMs / 1000 };
      },
    },
    DescribeExecution: {
      permissions: onExecution('DescribeExecution'),
      run: async (input) =>
        describeExecution(found(readInput(byExecution, input).executionArn), engine.context.clock.now()),
    },
    GetExecutionHistory: {
      permissions: onExecution('GetExecutionHistory'),
      async run(input) {
        const asked = readInput(historyInput, input);
        found(asked.executionArn);
        return historyPage(engine.store, asked);
      },
    },
    ListExecutions: {
      permissions(input) {
        const { stateMachineArn, mapRunArn } = readInput(listInput, input);
        return [{ action: 'states:ListExecutions', resources: [stateMachineArn ?? mapRunArn ?? '*'] }];
      },
      async run(input) {
        const { stateMachineArn, mapRunArn, statusFilter, ...page } = readInput(listInput, input);
        if ((stateMachineArn === undefined) === (mapRunArn === undefined)) {
          throw stepFunctionsError('ValidationException', 'Must specify one of stateMachineArn and mapRunArn');
        }
        if (stateMachineArn !== undefined) machines.byArn(stateMachineArn);
        else engine.mapRuns.byArn(mapRunArn ?? '');
        const { items, nextToken } = paged(page, (skip, most) =>
          engine.store.list({ machineArn: stateMachineArn, mapRunArn, status: statusFilter, skip, most }),
        );
        return { executions: items.map(listedExecution), ...nextToken };
      },
    },
    StopExecution: {
      permissions: onExecution('StopExecution'),
      async run(input) {
        const { executionArn, error, cause } = readInput(stopInput, input);
        // One that has ended stays as it is.
        if (found(executionArn).status === 'RUNNING') {
          const said = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
          engine.end(executionArn, { status: 'ABORTED', ...said });
        }
        return { stopDate: (found(executionArn).stopMs ?? engine.context.clock.now()) / 1000 };
      },
    },
    RedriveExecution: redriveOperation(engine, found),
  };
}
