import { Construct } from 'constructs';
import type { DashboardRow } from '#infra/constructs/loop-dashboard.ts';
import type { MailSender } from '#infra/constructs/mail-sender.ts';
import type { Alarms, StageProps, WatchedStage } from '#infra/stages/stage.ts';
import { dispatchAlarms } from './alarms.ts';
import { type DispatchFunctions, dispatchFunctions } from './functions.ts';
import { type DispatchQueues, dispatchQueues } from './queues.ts';

export interface DispatchStageProps extends StageProps {
  readonly mail: MailSender;
  /** Where links of mails lead: the API is made first. */
  readonly apiUrl: string;
}

/** Sends what campaigns have chosen. */
export class DispatchStage extends Construct implements WatchedStage {
  readonly functions: DispatchFunctions;
  readonly queues: DispatchQueues;
  readonly alarms: Alarms;
  /** The dashboard has as many metrics as AWS gives for nothing: the alarms say when it is hurt. */
  readonly widgets: readonly DashboardRow[] = [];

  constructor(scope: Construct, props: DispatchStageProps) {
    super(scope, 'dispatch');
    this.functions = dispatchFunctions(this, props);
    this.queues = dispatchQueues(this, this.functions);
    this.alarms = dispatchAlarms(this);
  }
}
