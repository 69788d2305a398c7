import { Construct } from 'constructs';
import type { DashboardRow } from '#infra/constructs/loop-dashboard.ts';
import type { Alarms, StageProps, WatchedStage } from '#infra/stages/stage.ts';
import { landAlarms } from './alarms.ts';
import { type LandFunctions, landFunctions } from './functions.ts';
import { type LandQueues, landQueues } from './queues.ts';
import { landWidgets } from './widgets.ts';

/** Brings what the bus says into the lake. */
export class LandStage extends Construct implements WatchedStage {
  readonly functions: LandFunctions;
  readonly queues: LandQueues;
  readonly alarms: Alarms;
  readonly widgets: readonly DashboardRow[];

  constructor(scope: Construct, props: StageProps) {
    super(scope, 'land');
    this.functions = landFunctions(this, props);
    this.queues = landQueues(this, props, this.functions);
    this.alarms = landAlarms(this, props);
    this.widgets = landWidgets(this);
  }
}
