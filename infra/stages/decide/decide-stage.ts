import { Construct } from 'constructs';
import type { DashboardRow } from '#infra/constructs/loop-dashboard.ts';
import type { Alarms, StageProps, WatchedStage } from '#infra/stages/stage.ts';
import { decideAlarms } from './alarms.ts';
import { type DecideFunctions, decideFunctions } from './functions.ts';
import { type DecideQueues, decideQueues } from './queues.ts';
import { decideWidgets } from './widgets.ts';

/** Says what to show a customer now, and tells what it decided. */
export class DecideStage extends Construct implements WatchedStage {
  readonly functions: DecideFunctions;
  readonly queues: DecideQueues;
  readonly alarms: Alarms;
  readonly widgets: readonly DashboardRow[];

  constructor(scope: Construct, props: StageProps) {
    super(scope, 'decide');
    this.functions = decideFunctions(this, props);
    this.queues = decideQueues(this, props, this.functions);
    this.alarms = decideAlarms(this);
    this.widgets = decideWidgets(this);
  }
}
