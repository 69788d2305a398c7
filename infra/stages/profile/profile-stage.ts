import { Construct } from 'constructs';
import type { DashboardRow } from '#infra/constructs/loop-dashboard.ts';
import type { Alarms, StageProps, WatchedStage } from '#infra/stages/stage.ts';
import { profileAlarms } from './alarms.ts';
import { type ProfileFunctions, profileFunctions } from './functions.ts';
import { type ProfileQueues, profileQueues } from './queues.ts';
import { profileWidgets } from './widgets.ts';

/** Keeps who customers are, tells of changes, and answers who asks about them. */
export class ProfileStage extends Construct implements WatchedStage {
  readonly functions: ProfileFunctions;
  readonly queues: ProfileQueues;
  readonly alarms: Alarms;
  readonly widgets: readonly DashboardRow[];

  constructor(scope: Construct, props: StageProps) {
    super(scope, 'profile');
    this.functions = profileFunctions(this, props);
    this.queues = profileQueues(this, props, this.functions);
    this.alarms = profileAlarms(this);
    this.widgets = profileWidgets(this);
  }
}
