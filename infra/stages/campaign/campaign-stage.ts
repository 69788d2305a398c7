import { Construct } from 'constructs';
import type { DashboardRow } from '#infra/constructs/loop-dashboard.ts';
import type { LoopWorkflow } from '#infra/constructs/loop-workflow.ts';
import type { Alarms, StageProps, WatchedStage } from '#infra/stages/stage.ts';
import { campaignAlarms } from './alarms.ts';
import { type CampaignFunctions, type CampaignSteps, campaignFunctions, campaignSteps } from './functions.ts';
import { type CampaignQueues, campaignQueues } from './queues.ts';
import { campaignWidgets } from './widgets.ts';
import { campaignWorkflow } from './workflow.ts';

/** Goes to customers: runs of campaigns, begun by people, times and events. */
export class CampaignStage extends Construct implements WatchedStage {
  readonly steps: CampaignSteps;
  readonly workflow: LoopWorkflow;
  readonly functions: CampaignFunctions;
  readonly queues: CampaignQueues;
  readonly alarms: Alarms;
  readonly widgets: readonly DashboardRow[];

  constructor(scope: Construct, props: StageProps) {
    super(scope, 'campaign');
    this.steps = campaignSteps(this, props);
    this.workflow = campaignWorkflow(this, props, this.steps);
    this.functions = campaignFunctions(this, props);
    const { startCampaignRun, readCampaignRuns, changeCampaignRun, beginRuns } = this.functions;
    startCampaignRun.runs(this.workflow, 'StartExecution', 'DescribeExecution');
    beginRuns.runs(this.workflow, 'StartExecution');
    readCampaignRuns.runs(this.workflow, 'DescribeExecution');
    changeCampaignRun.runs(this.workflow, 'StartExecution', 'DescribeExecution', 'RedriveExecution');
    this.queues = campaignQueues(this, props, this.functions);
    this.alarms = campaignAlarms(this);
    this.widgets = campaignWidgets;
  }
}
