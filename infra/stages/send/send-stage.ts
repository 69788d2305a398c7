import { Construct } from 'constructs';
import type { DashboardRow } from '#infra/constructs/loop-dashboard.ts';
import { MailSender } from '#infra/constructs/mail-sender.ts';
import type { Alarms, StageProps, WatchedStage } from '#infra/stages/stage.ts';
import { sendAlarms } from './alarms.ts';
import { type SendFunctions, sendFunctions } from './functions.ts';
import { type SendQueues, sendQueues } from './queues.ts';

/** Hears what became of messages, and lets people stop them, try them and say no to them. */
export class SendStage extends Construct implements WatchedStage {
  readonly mail: MailSender;
  readonly functions: SendFunctions;
  readonly queues: SendQueues;
  readonly alarms: Alarms;
  /** The dashboard has as many metrics as AWS gives for nothing: the alarms say when it is hurt. */
  readonly widgets: readonly DashboardRow[] = [];

  constructor(scope: Construct, props: StageProps) {
    super(scope, 'send');
    this.mail = new MailSender(this, 'mail', props.config.sending.from);
    this.functions = sendFunctions(this, props, this.mail);
    this.queues = sendQueues(this, props, this.functions, this.mail);
    this.alarms = sendAlarms(this);
  }
}
