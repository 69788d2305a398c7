import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  RedriveExecutionCommand,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { RunWorkflow } from '#ports/run-workflow.ts';

/** Executions of the workflow `campaign-run`. */
export function sfnRunWorkflow(client: SFNClient, stateMachineArn: string): RunWorkflow {
  const arnOf = (name: string) => `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;

  return {
    async start(name, runId) {
      try {
        const input = JSON.stringify({ runId });
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input }));
      } catch (error) {
        // One that is over has its name for 90 days; one that runs is answered as if it had been started now.
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },

    async state(name) {
      try {
        const { status } = await client.send(new DescribeExecutionCommand({ executionArn: arnOf(name) }));
        if (status === 'SUCCEEDED') return 'succeeded';
        return status === 'RUNNING' || status === 'PENDING_REDRIVE' ? 'running' : 'failed';
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return 'absent';
        throw error;
      }
    },

    async redrive(name) {
      await client.send(new RedriveExecutionCommand({ executionArn: arnOf(name) }));
    },
  };
}
