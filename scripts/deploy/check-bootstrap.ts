import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { StagePlace } from '#scripts/target/stage-place.ts';

/** Version of CDK's bootstrap stack that its templates ask for in their rule CheckBootstrapVersion. */
const neededVersion = 6;

/**
 * Looks for the version that CDK's bootstrap stack leaves in Parameter Store, and throws an Error that says how to bootstrap when
 * there is none or an old one. Credentials that may not look there may deploy all the same: then CloudFormation finds out.
 */
export async function checkBootstrap({ account, region }: StagePlace, qualifier = 'hnb659fds'): Promise<void> {
  const advice = `run "npx cdk bootstrap aws://${account}/${region}" once, as somebody who may make IAM roles`;
  const version = await bootstrapVersion(region, `/cdk-bootstrap/${qualifier}/version`);
  if (version === 'absent') throw new Error(`CDK’s bootstrap stack is not in account ${account}, ${region}: ${advice}`);
  if (version !== 'hidden' && version < neededVersion) {
    throw new Error(
      `CDK’s bootstrap stack in account ${account}, ${region} has version ${version} and ${neededVersion} is needed: ${advice}`,
    );
  }
}

async function bootstrapVersion(region: string, Name: string): Promise<number | 'absent' | 'hidden'> {
  try {
    const { Parameter } = await new SSMClient({ region }).send(new GetParameterCommand({ Name }));
    return Number(Parameter?.Value);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === 'ParameterNotFound') return 'absent';
    if (error.name === 'AccessDeniedException') return 'hidden';
    throw error;
  }
}
