import * as z from 'zod';
import type { Operation } from '#local-cloud/cloud/service.ts';
import type { Machines } from '#local-cloud/services/step-functions/machines.ts';
import { paged, pageInput } from '#local-cloud/services/step-functions/wire/page.ts';
import { readInput } from '#local-cloud/services/step-functions/wire/read-input.ts';

const byMachine = z.object({ stateMachineArn: z.string() });

/** Tells of state machines; only the template makes them. */
export function machineOperations(machines: Machines): Readonly<Record<string, Operation>> {
  return {
    DescribeStateMachine: {
      permissions: (input) => [
        { action: 'states:DescribeStateMachine', resources: [readInput(byMachine, input).stateMachineArn] },
      ],
      async run(input) {
        const { arn, name, text, roleArn, createdMs } = machines.byArn(readInput(byMachine, input).stateMachineArn);
        return {
          stateMachineArn: arn,
          name,
          status: 'ACTIVE',
          definition: text,
          roleArn,
          type: 'STANDARD',
          creationDate: createdMs / 1000,
        };
      },
    },
    ListStateMachines: {
      permissions: () => [{ action: 'states:ListStateMachines', resources: ['*'] }],
      async run(input) {
        const { items, nextToken } = paged(readInput(pageInput, input), (skip, most) =>
          machines.all().slice(skip, skip + most),
        );
        return {
          stateMachines: items.map(({ arn, name, createdMs }) => ({
            stateMachineArn: arn,
            name,
            type: 'STANDARD',
            creationDate: createdMs / 1000,
          })),
          ...nextToken,
        };
      },
    },
  };
}
