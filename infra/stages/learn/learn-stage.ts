import { Construct } from 'constructs';
import type { DashboardRow } from '#infra/constructs/loop-dashboard.ts';
import type { Alarms, StageProps, WatchedStage } from '#infra/stages/stage.ts';
import { learnAlarms } from './alarms.ts';
import { type LearnFunctions, learnFunctions } from './functions.ts';
import { type LearnQueues, learnQueues } from './queues.ts';
import { learnWidgets } from './widgets.ts';

/** Teaches models what customers did with treatments. */
export class LearnStage extends Construct implements WatchedStage {
  readonly functions: LearnFunctions;
  readonly queues: LearnQueues;
  readonly alarms: Alarms;
  readonly widgets: readonly DashboardRow[];

  constructor(scope: Construct, props: StageProps) {
    super(scope, 'learn');
    this.functions = learnFunctions(this, props);
    this.queues = learnQueues(this, props, this.functions);
    this.alarms = learnAlarms(this);
    this.widgets = learnWidgets(this);
  }
}
