import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Operation, Permission } from '#local-cloud/cloud/service.ts';
import type { Engine } from './engine/engine.ts';
import type { Execution } from './engine/execution.ts';
import { stepFunctionsError } from './errors.ts';
import type { Machines } from './machines.ts';
import { historyPage } from './wire/history-page.ts';
import { readInput } from './wire/read-input.ts';
import { describeExecution, listedExecution } from './wire/wire-execution.ts';

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
const page = z.object({ maxResults: z.int().min(0).max(1000).default(0), nextToken: z.string().optional() });
const historyInput = byExecution.extend({
  ...page.shape,
  reverseOrder: z.boolean().default(false),
  includeExecutionData: z.boolean().default(true),
});

export function executionOperations(engine: Engine, machines: Machines): Readonly<Record<string, Operation>> {
  const found = (arn: string): Execution => {
    const execution = engine.store.find(arn);
    if (execution === undefined)
      throw stepFunctionsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return execution;
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
        const document = parsedInput(text);
        const arn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
        const known = engine.store.find(arn);
        if (known !== undefined) {
          // The same request again, while it runs, is one execution; a name is not used twice otherwise.
          const isSame = known.status === 'RUNNING' && JSON.stringify(known.input) === JSON.stringify(document);
          if (!isSame) throw stepFunctionsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
          return { executionArn: arn, startDate: known.startMs / 1000 };
        }
        void engine.start({ arn, name, machine, input: document });
        return { executionArn: arn, startDate: found(arn).startMs / 1000 };
      },
    },
    DescribeExecution: {
      permissions: onExecution('DescribeExecution'),
      run: async (input) => describeExecution(found(readInput(byExecution, input).executionArn)),
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
      permissions: (input) => [
        { action: 'states:ListExecutions', resources: [readInput(byMachine, input).stateMachineArn] },
      ],
      async run(input) {
        const { stateMachineArn } = readInput(byMachine, input);
        return {
          executions: engine.store.list({ machineArn: stateMachineArn, skip: 0, most: 1000 }).map(listedExecution),
        };
      },
    },
  };
}

const maximumInputBytes = 262_144;

function parsedInput(text: string): unknown {
  if (Buffer.byteLength(text) > maximumInputBytes) {
    throw stepFunctionsError(
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: '${maximumInputBytes} bytes at most'`,
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw stepFunctionsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${String(error)}'`);
  }
}
