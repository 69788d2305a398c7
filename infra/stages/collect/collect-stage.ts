import { Construct } from 'constructs';
import type { DashboardRow } from '#infra/constructs/loop-dashboard.ts';
import type { Alarms, StageProps, WatchedStage } from '#infra/stages/stage.ts';
import { type CollectFunctions, collectFunctions } from './functions.ts';
import { collectWidgets } from './widgets.ts';

/** Takes what touchpoints tell and puts it on the bus. */
export class CollectStage extends Construct implements WatchedStage {
  readonly functions: CollectFunctions;
  readonly alarms: Alarms = {};
  readonly widgets: readonly DashboardRow[];

  constructor(scope: Construct, props: StageProps) {
    super(scope, 'collect');
    this.functions = collectFunctions(this, props);
    this.widgets = collectWidgets(this);
  }
}
