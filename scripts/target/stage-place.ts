import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { StageConfig } from '#infra/config.ts';

/** Where calls for a stage go, and as whom. */
export interface StagePlace {
  readonly account: string;
  readonly region: string;
  /** ARN of the role or user whose credentials these are. */
  readonly caller: string;
}

/**
 * Finds out where the credentials and settings of this shell lead. Throws an Error that says what to do when there is no region, or
 * when the stage is tied to another place; AWS's own errors when it does not take the credentials.
 */
export async function stagePlace(config: Pick<StageConfig, 'stage' | 'account' | 'region'>): Promise<StagePlace> {
  const region = (await regionInUse()) ?? config.region;
  if (region === undefined) {
    throw new Error('No region is named: set AWS_REGION, or region in the profile that AWS_PROFILE names');
  }
  if (config.region !== undefined && region !== config.region) {
    throw new Error(
      `Stage ${config.stage} stands in ${config.region}, says infra/config.ts, and this shell leads to ${region}: set AWS_REGION=${config.region}`,
    );
  }
  const { Account: account = '', Arn: caller = '' } = await new STSClient({ region }).send(
    new GetCallerIdentityCommand({}),
  );
  if (config.account !== undefined && account !== config.account) {
    throw new Error(
      `Stage ${config.stage} stands in account ${config.account}, says infra/config.ts, and these credentials are of ${account} (${caller}): sign in there, or name its profile in AWS_PROFILE`,
    );
  }
  return { account, region, caller };
}

/** As CDK's command line and Amazon's read it; the SDK alone leaves AWS_DEFAULT_REGION out. */
async function regionInUse(): Promise<string | undefined> {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  if (AWS_REGION || AWS_DEFAULT_REGION) return AWS_REGION || AWS_DEFAULT_REGION;
  try {
    return await new STSClient({}).config.region();
  } catch (error) {
    if (error instanceof Error && error.message === 'Region is missing') return undefined;
    throw error;
  }
}
