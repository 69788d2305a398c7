import { Construct } from 'constructs';
import type { DashboardRow } from '#infra/constructs/loop-dashboard.ts';
import type { Alarms, StageProps, WatchedStage } from '#infra/stages/stage.ts';
import { respondAlarms } from './alarms.ts';
import { type RespondFunctions, respondFunctions } from './functions.ts';
import { type RespondQueues, respondQueues } from './queues.ts';
import { respondWidgets } from './widgets.ts';

/** Takes what customers did with treatments. */
export class RespondStage extends Construct implements WatchedStage {
  readonly functions: RespondFunctions;
  readonly queues: RespondQueues;
  readonly alarms: Alarms;
  readonly widgets: readonly DashboardRow[];

  constructor(scope: Construct, props: StageProps) {
    super(scope, 'respond');
    this.functions = respondFunctions(this, props);
    this.queues = respondQueues(this, props, this.functions);
    this.alarms = respondAlarms(this);
    this.widgets = respondWidgets(this);
  }
}
