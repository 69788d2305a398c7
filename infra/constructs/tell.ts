import { CfnOutput, type Stack } from 'aws-cdk-lib';

/** Tells people and scripts what a stack made: one output for each name. */
export function tell(stack: Stack, outputs: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(outputs)) new CfnOutput(stack, name, { value });
}
