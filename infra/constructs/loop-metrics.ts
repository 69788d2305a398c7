import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { LoopFunction } from './loop-function.ts';
import type { LoopWorkflow } from './loop-workflow.ts';
import { alarmPeriod } from './watched-alarm.ts';

const period = alarmPeriod;

/** Messages that wait in a queue. */
export const messagesIn = (queue: Queue, label?: string) =>
  queue.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM, ...(label && { label }) });

/** Seconds that the oldest message of a queue has waited. */
export const oldestMessageSeconds = (queue: Queue) =>
  queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM });

/**
 * Invocations of a function that failed. Those that were refused for lack of concurrency show elsewhere, as errors of the API or
 * as age of a queue, a stream or a delivery: each metric of an alarm costs.
 */
export const failuresOf = (fn: LoopFunction, label?: string) =>
  fn.metricErrors({ period, statistic: Stats.SUM, ...(label && { label }) });

/** Milliseconds that 99 of 100 invocations stay under. */
export const durationOf = (fn: LoopFunction) => fn.metricDuration({ period, statistic: 'p99', label: fn.node.id });

/** Milliseconds between a change of a table and the function's reading of it. */
export const streamAgeMs = (fn: LoopFunction) => fn.metric('IteratorAge', { period, statistic: Stats.MAXIMUM });

/** Executions of a workflow that failed. */
export const failedExecutions = ({ stateMachineArn }: LoopWorkflow) =>
  new Metric({
    namespace: 'AWS/States',
    metricName: 'ExecutionsFailed',
    dimensionsMap: { StateMachineArn: stateMachineArn },
    period,
    statistic: Stats.SUM,
  });

/** A metric of an HTTP API: `Count`, `4xx`, `5xx` or `Latency`. */
export const apiMetric = (apiId: string, metricName: string, statistic: string = Stats.SUM) =>
  new Metric({ namespace: 'AWS/ApiGateway', metricName, dimensionsMap: { ApiId: apiId }, period, statistic });

/** A metric of a Firehose stream, for example `DeliveryToS3.DataFreshness`. */
export const deliveryMetric = (streamName: string, metricName: string, statistic: string = Stats.SUM) =>
  new Metric({
    namespace: 'AWS/Firehose',
    metricName,
    dimensionsMap: { DeliveryStreamName: streamName },
    period,
    statistic,
  });

/** Queries of a workgroup that ended cancelled, as those do that pass the scan cut-off. */
export const cancelledQueries = (workgroup: string) =>
  new Metric({
    namespace: 'AWS/Athena',
    metricName: 'ProcessedBytes',
    dimensionsMap: { WorkGroup: workgroup, QueryType: 'DML', QueryState: 'CANCELED' },
    period,
    statistic: Stats.SAMPLE_COUNT,
  });
