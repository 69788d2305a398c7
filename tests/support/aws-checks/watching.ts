import type { Json } from '#support/stage-templates.ts';
import { type AwsCheck, every } from './aws-check.ts';

const alarm = 'AWS::CloudWatch::Alarm';
const putAlarm = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html';
const limits = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html';
const ringing = (properties: Json) => ({ alarm: { Type: alarm, Properties: properties } });
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
const dashboard = 'AWS::CloudWatch::Dashboard';

export const watchingChecks: readonly AwsCheck[] = [
  {
    law: 'An alarm looks back a day at most, or seven with periods of an hour and more',
    source: putAlarm,
    faults: every(alarm, ({ Period = 300, EvaluationPeriods = 1, Metrics = [] }) =>
      [Period, ...Metrics.flatMap(({ MetricStat }: Json) => MetricStat?.Period ?? [])].every(
        (period: number) => period * EvaluationPeriods <= (period >= 3600 ? 604_800 : 86_400),
      ),
    ),
    broken: ringing({ Period: 300, EvaluationPeriods: 300 }),
  },
  {
    law: 'An alarm rings after no more data points than it looks at',
    source: putAlarm,
    faults: every(
      alarm,
      ({ DatapointsToAlarm = 1, EvaluationPeriods = 1 }) =>
        DatapointsToAlarm >= 1 && DatapointsToAlarm <= EvaluationPeriods,
    ),
    broken: ringing({ DatapointsToAlarm: 3, EvaluationPeriods: 2 }),
  },
  {
    law: 'An alarm has one metric with one statistic, or an expression over at most ten metrics of which one is answered',
    source: putAlarm,
    faults: every(alarm, ({ MetricName, Statistic, ExtendedStatistic, Metrics }) =>
      Metrics === undefined
        ? MetricName !== undefined && (Statistic === undefined) !== (ExtendedStatistic === undefined)
        : MetricName === undefined &&
          Metrics.filter(({ MetricStat }: Json) => MetricStat).length <= 10 &&
          Metrics.filter(({ ReturnData = true }: Json) => ReturnData).length === 1,
    ),
    broken: ringing({ MetricName: 'Errors', Statistic: 'Sum', ExtendedStatistic: 'p99' }),
  },
  {
    law: 'An alarm has a description of up to 1,024 characters and up to five actions a state',
    source: putAlarm,
    faults: every(
      alarm,
      ({ AlarmDescription = '', AlarmActions = [], OKActions = [], InsufficientDataActions = [] }) =>
        AlarmDescription.length <= 1024 &&
        [AlarmActions, OKActions, InsufficientDataActions].every(({ length }) => length <= 5),
    ),
    broken: ringing({ AlarmDescription: 'x'.repeat(1025) }),
  },
  {
    law: 'A dashboard has at most 500 widgets, and 2,500 metrics',
    source: limits,
    faults: every(dashboard, ({ DashboardBody }, stage) => {
      const { widgets } = JSON.parse(stage.text(DashboardBody));
      return (
        widgets.length <= 500 && widgets.flatMap(({ properties }: Json) => properties?.metrics ?? []).length <= 2500
      );
    }),
    broken: {
      board: {
        Type: dashboard,
        Properties: { DashboardBody: JSON.stringify({ widgets: Array.from({ length: 501 }, () => ({})) }) },
      },
    },
  },
  {
    law: 'Logs are kept for one of the numbers of days that there are',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html',
    faults: every('AWS::Logs::LogGroup', ({ RetentionInDays }) => retentions.includes(RetentionInDays)),
    broken: { group: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 10 } } },
  },
];
