import { Annotations, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { StageConfig } from '#infra/config.ts';
import { LoopDashboard } from '#infra/constructs/loop-dashboard.ts';
import { tell } from '#infra/constructs/tell.ts';
import { WatchedAlarm } from '#infra/constructs/watched-alarm.ts';
import type { WatchedStage } from '#infra/stages/stage.ts';

export interface ObservabilityStackProps extends StackProps {
  readonly config: StageConfig;
  readonly watched: readonly WatchedStage[];
}

/** What watches: alarms, the topic that they ring, and a dashboard if the stage has one. */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, { config, watched, ...props }: ObservabilityStackProps) {
    super(scope, id, props);
    const topic = new Topic(this, 'alarms', { enforceSSL: true });
    if (config.alarmEmail === undefined) warnOfNoReader(topic, config.stage);
    else subscribe(topic, config.alarmEmail);
    for (const [name, alarm] of watched.flatMap(({ alarms }) => Object.entries(alarms))) {
      new WatchedAlarm(this, name, { ...alarm, topic });
    }
    if (config.dashboard) {
      new LoopDashboard(
        this,
        'dashboard',
        watched.flatMap(({ widgets }) => widgets),
      );
    }
    tell(this, { AlarmTopicArn: topic.topicArn });
  }
}

/** People also read alarms through subscriptions made elsewhere, in a chat for example: a warning, then, and no error. */
function warnOfNoReader(topic: Topic, stage: string): void {
  Annotations.of(topic).addWarningV2(
    'lemniscate:alarms-without-reader',
    `Nobody reads the alarms of stage ${stage}. Set alarmEmail in infra/config.ts: a reader who was only ever given as --context alarmEmail is removed by the first deploy without it.`,
  );
}

function subscribe(topic: Topic, email: string): void {
  Validations.of(topic.addSubscription(new EmailSubscription(email))).acknowledge({
    id: 'Serverless-SNSRedrivePolicy',
    reason:
      'Mail has no answer that a dead-letter queue could wait for; an alarm that nobody got is still in CloudWatch.',
  });
}
