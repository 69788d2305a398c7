import { join } from 'node:path';
import type { Service } from '#local-cloud/cloud/service.ts';
import { createEngine } from './engine/create-engine.ts';
import type { EngineContext } from './engine/engine.ts';
import { machineProvider } from './machine-provider.ts';
import { createMachines } from './machines.ts';
import { executionOperations } from './operations/execution-operations.ts';
import { machineOperations } from './operations/machine-operations.ts';
import { mapRunOperations } from './operations/map-run-operations.ts';
import { taskOperations } from './operations/task-operations.ts';
import { shownExecutions } from './shown-executions.ts';

/** The local Step Functions, and their executions for those who look on. */
export interface StepFunctionsService extends Service {
  /** The newest executions, or one by its ARN with its history; undefined when there is none of that ARN. */
  executions(arn?: string): object | undefined;
}

/**
 * AWS Step Functions, Standard workflows in JSONata. Executions are stored step by step, so that they go on where they stood when the
 * process was killed; waits follow the cloud's clock.
 */
export function createStepFunctionsService(context: EngineContext): StepFunctionsService {
  const engine = createEngine(context, join(context.stateDirectory, 'states'));
  const machines = createMachines();
  return {
    name: 'states',
    wire: { protocol: 'json', target: 'AWSStepFunctions' },
    operations: {
      ...executionOperations(engine, machines),
      ...machineOperations(machines),
      ...mapRunOperations(engine),
      ...taskOperations(engine.tokens, machines),
    },
    resources: { 'AWS::StepFunctions::StateMachine': machineProvider(context, machines) },
    executions: (arn) => shownExecutions(engine, machines, arn),
    async start() {
      for (const execution of engine.store.running()) {
        if (execution.mapRun === undefined) void engine.resume(execution);
      }
    },
    async clockMoved() {
      engine.timers.check();
    },
    async stop() {
      engine.stop();
    },
  };
}
