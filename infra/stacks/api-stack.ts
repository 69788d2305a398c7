import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { DeadLetterQueue } from '#infra/constructs/dead-letter-queue.ts';
import { tell } from '#infra/constructs/tell.ts';
import { ApiStage } from '#infra/stages/api/api-stage.ts';
import { DispatchStage } from '#infra/stages/dispatch/dispatch-stage.ts';
import type { StageProps, WatchedStage } from '#infra/stages/stage.ts';
import type { CampaignsStack } from './campaigns-stack.ts';
import type { LoopStack } from './loop-stack.ts';

export interface ApiStackProps extends StackProps, StageProps {
  readonly loop: LoopStack;
  readonly campaigns: CampaignsStack;
}

/** Where touchpoints call, and who sends links that lead there. It knows the functions behind it, and they do not know it: docs/adr/0048. */
export class ApiStack extends Stack {
  readonly stages: readonly WatchedStage[];
  readonly dispatch: DispatchStage;

  constructor(scope: Construct, id: string, { config, data, loop, campaigns, ...props }: ApiStackProps) {
    super(scope, id, props);
    const behind = {
      ...loop.collect.functions,
      ...loop.profile.functions,
      ...loop.catalogue.functions,
      ...loop.decide.functions,
      ...loop.respond.functions,
      ...campaigns.campaign.functions,
      ...loop.send.functions,
    };
    const stage = new ApiStage(this, { config, data, behind });
    const { url, domain } = stage.api;
    const { mail } = loop.send;
    this.dispatch = new DispatchStage(this, { config, data, mail, apiUrl: domain?.url ?? url });
    this.stages = [stage];
    tell(this, {
      ApiUrl: url,
      ...(domain && { OwnApiUrl: domain.url, OwnDomainTarget: domain.target }),
      ...DeadLetterQueue.outputsOf(this, 'Dispatch'),
    });
  }
}
