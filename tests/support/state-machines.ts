import { setImmediate as turn } from 'node:timers/promises';
import * as z from 'zod';
import type { Call } from '#local-cloud/cloud/service.ts';
import { createStepFunctionsService } from '#local-cloud/services/step-functions/service.ts';
import { resourceContext, run, serviceContext } from './local-service-context.ts';

const roleArn = 'arn:aws:iam::123456789012:role/machine';

/** Answers the calls that tasks make; the name of the service and the operation are in the call. */
export type AnswerCall = (call: Pick<Call, 'service' | 'operation' | 'input'>) => Promise<unknown>;

const started = z.object({ executionArn: z.string() });
export const describedExecution = z.looseObject({
  status: z.string(),
  output: z.string().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
});
const historyPage = z.object({
  events: z.array(z.looseObject({ id: z.number(), previousEventId: z.number(), type: z.string() })),
  nextToken: z.string().optional(),
});
export type ToldEvent = z.infer<typeof historyPage>['events'][number];

/** Step Functions by themselves, on a clock of their own. A folder that others used before continues their executions. */
export function stepFunctions(answerCall: AnswerCall, stateDirectory?: string) {
  const transitions = new Map<string, number>();
  const base = serviceContext(stateDirectory);
  const context = {
    ...base,
    call: (_principal: unknown, service: string, operation: string, input: Readonly<Record<string, unknown>>) =>
      answerCall({ service, operation, input }),
    iam: { authorise: () => undefined },
    meter: { transitioned: (machine: string) => transitions.set(machine, (transitions.get(machine) ?? 0) + 1) },
  };
  const service = createStepFunctionsService(context);
  const call = (operation: string, input: Readonly<Record<string, unknown>>) => run(service, operation, input);

  const moveTo = async (nowMs: number): Promise<void> => {
    context.clock.nowMs = nowMs;
    await service.clockMoved?.(nowMs);
  };
  const describe = async (executionArn: string) =>
    describedExecution.parse(await call('DescribeExecution', { executionArn }));

  return {
    service,
    context,
    transitions,
    call,
    moveTo,
    describe,
    /** Makes a machine as the template does; answers its ARN. */
    async machine(definition: unknown, name = 'Machine'): Promise<string> {
      const provider = service.resources['AWS::StepFunctions::StateMachine'];
      const properties = { DefinitionString: JSON.stringify(definition), RoleArn: roleArn, StateMachineName: name };
      const made = await provider?.create(properties, resourceContext(name));
      if (made === undefined) throw new Error('state machines can not be made');
      return made.ref;
    },
    async start(stateMachineArn: string, input: unknown = {}, name?: string): Promise<string> {
      const asked = { stateMachineArn, input: JSON.stringify(input), ...(name === undefined ? {} : { name }) };
      return started.parse(await call('StartExecution', asked)).executionArn;
    },
    /** Lets time run, a second at each step, until the execution has ended; answers how it ended. */
    async ended(executionArn: string) {
      for (;;) {
        for (let turns = 0; turns < 20; turns++) await turn();
        const description = await describe(executionArn);
        if (description.status !== 'RUNNING') return description;
        await moveTo(context.clock.nowMs + 1000);
      }
    },
    async history(executionArn: string): Promise<readonly ToldEvent[]> {
      const events: ToldEvent[] = [];
      let nextToken: string | undefined;
      do {
        const asked = { executionArn, maxResults: 1000, ...(nextToken === undefined ? {} : { nextToken }) };
        const page = historyPage.parse(await call('GetExecutionHistory', asked));
        events.push(...page.events);
        ({ nextToken } = page);
      } while (nextToken !== undefined);
      return events;
    },
  };
}
