import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { tell } from '#infra/constructs/tell.ts';
import { ApiStage } from '#infra/stages/api/api-stage.ts';
import type { StageProps, WatchedStage } from '#infra/stages/stage.ts';
import type { CampaignsStack } from './campaigns-stack.ts';
import type { LoopStack } from './loop-stack.ts';

export interface ApiStackProps extends StackProps, StageProps {
  readonly loop: LoopStack;
  readonly campaigns: CampaignsStack;
}

/** Where touchpoints call. It knows the functions behind it, and they do not know it: docs/adr/0048. */
export class ApiStack extends Stack {
  readonly stages: readonly WatchedStage[];

  constructor(scope: Construct, id: string, { config, data, loop, campaigns, ...props }: ApiStackProps) {
    super(scope, id, props);
    const behind = {
      ...loop.collect.functions,
      ...loop.profile.functions,
      ...loop.catalogue.functions,
      ...loop.decide.functions,
      ...loop.respond.functions,
      ...campaigns.campaign.functions,
    };
    const stage = new ApiStage(this, { config, data, behind });
    this.stages = [stage];
    const { url, domain } = stage.api;
    tell(this, { ApiUrl: url, ...(domain && { OwnApiUrl: domain.url, OwnDomainTarget: domain.target }) });
  }
}
