import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface WatchedAlarmProps {
  /** Without a label, which makes CDK write an expression where a metric is enough, and not everything that takes templates knows those. */
  readonly metric: IMetric;
  /** The alarm rings above it. */
  readonly threshold: number;
  /** Of the last periods, so many have to be above the threshold. */
  readonly periods?: { readonly bad: number; readonly of: number };
  /** What it means for customers, touchpoints or analysts, as a sentence. */
  readonly impact: string;
  /** The article in docs/runbook.md that says what to do: the anchor of its heading. */
  readonly runbook: string;
  readonly topic: ITopic;
}

/** How long one period of every alarm is. */
export const alarmPeriod = Duration.minutes(5);

/** An alarm that says what it means and where to read what to do. */
export class WatchedAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: WatchedAlarmProps) {
    const { bad, of } = props.periods ?? { bad: 1, of: 1 };
    super(scope, id, {
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: of,
      datapointsToAlarm: bad,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `${props.impact} What to do: docs/runbook.md#${props.runbook}`,
    });
    this.addAlarmAction(new SnsAction(props.topic));
    this.addOkAction(new SnsAction(props.topic));
  }
}
