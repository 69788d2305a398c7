import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { stageConfig } from '#infra/config.ts';
import { stackName, tellingParts } from '#infra/stack-name.ts';
import { type StagePlace, stagePlace } from './stage-place.ts';

/** Where a deployed stage stands and what its stacks tell. */
export interface StageOutputs {
  readonly region: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Asks CloudFormation, so that it is true on every machine and after every deploy. Throws an Error that says where it looked when there is no such stage. */
export async function stageOutputs(stage: string): Promise<StageOutputs> {
  const place = await stagePlace(stageConfig(stage));
  const stacks = tellingParts.map((part) => stackName(stage, part));
  const told = await Promise.all(stacks.map((stack) => outputsOf(stack, place)));
  const missing = stacks.filter((_, index) => told[index] === undefined);
  if (missing.length > 0) {
    throw new Error(
      `There is no ${missing.join(' and no ')} in account ${place.account}, ${place.region}: sign in where the stage stands, or run "npm run deploy -- --stage ${stage}" first`,
    );
  }
  return { region: place.region, outputs: Object.assign({}, ...told) };
}

async function outputsOf(
  StackName: string,
  { region }: StagePlace,
): Promise<Readonly<Record<string, string>> | undefined> {
  try {
    const { Stacks = [] } = await new CloudFormationClient({ region }).send(new DescribeStacksCommand({ StackName }));
    const outputs = Stacks.flatMap(({ Outputs = [] }) => Outputs);
    return Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  } catch (error) {
    // CloudFormation has no error of its own for a stack that is not there.
    const isAbsent =
      error instanceof Error && error.name === 'ValidationError' && / does not exist/.test(error.message);
    if (isAbsent) return undefined;
    throw error;
  }
}
