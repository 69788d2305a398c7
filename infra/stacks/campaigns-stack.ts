import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { DeadLetterQueue } from '#infra/constructs/dead-letter-queue.ts';
import { tell } from '#infra/constructs/tell.ts';
import { CampaignStage } from '#infra/stages/campaign/campaign-stage.ts';
import type { StageProps, WatchedStage } from '#infra/stages/stage.ts';

/** What goes to customers: campaigns and their runs. */
export class CampaignsStack extends Stack {
  readonly stages: readonly WatchedStage[];
  readonly campaign: CampaignStage;

  constructor(scope: Construct, id: string, { config, data, ...props }: StackProps & StageProps) {
    super(scope, id, props);
    this.campaign = new CampaignStage(this, { config, data });
    this.stages = [this.campaign];
    tell(this, {
      CampaignRunArn: this.campaign.workflow.stateMachineArn,
      ...DeadLetterQueue.outputsOf(this, 'Campaigns'),
    });
  }
}
