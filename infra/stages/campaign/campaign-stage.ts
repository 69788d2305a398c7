import { Construct } from 'constructs';
import type { DashboardRow } from '#infra/constructs/loop-dashboard.ts';
import type { LoopWorkflow } from '#infra/constructs/loop-workflow.ts';
import type { Alarms, StageProps, WatchedStage } from '#infra/stages/stage.ts';
import { campaignAlarms } from './alarms.ts';
import { type CampaignFunctions, type CampaignSteps, campaignFunctions, campaignSteps } from './functions.ts';
import { campaignWidgets } from './widgets.ts';
import { campaignWorkflow } from './workflow.ts';

/** Goes to customers: runs of campaigns, begun by people, times and events. */
export class CampaignStage extends Construct implements WatchedStage {
  readonly steps: CampaignSteps;
  readonly workflow: LoopWorkflow;
  readonly functions: CampaignFunctions;
  readonly alarms: Alarms;
  readonly widgets: readonly DashboardRow[];

  constructor(scope: Construct, props: StageProps) {
    super(scope, 'campaign');
    this.steps = campaignSteps(this, props);
    this.workflow = campaignWorkflow(this, props, this.steps);
    this.functions = campaignFunctions(this, props);
    const { startCampaignRun, readCampaignRuns, changeCampaignRun } = this.functions;
    startCampaignRun.runs(this.workflow, 'StartExecution', 'DescribeExecution');
    readCampaignRuns.runs(this.workflow, 'DescribeExecution');
    changeCampaignRun.runs(this.workflow, 'StartExecution', 'DescribeExecution', 'RedriveExecution');
    this.alarms = campaignAlarms(this);
    this.widgets = campaignWidgets;
  }
}
