import { Dashboard, GraphWidget, type IMetric, PeriodOverride, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import {
  apiMetric,
  deliveryMetric,
  durationOf,
  failuresOf,
  messagesIn,
  oldestMessageSeconds,
  streamAgeMs,
} from './loop-metrics.ts';
import type { LoopStack } from './loop-stack.ts';

/**
 * One dashboard with a row for each stage of the loop. CloudWatch bills every dashboard after an account's third, and each with more
 * than 50 metrics: what an alarm watches already is drawn only where its course says more than its ringing.
 */
export class LoopDashboard extends Dashboard {
  constructor(scope: Construct, id: string, loop: LoopStack) {
    super(scope, id, { periodOverride: PeriodOverride.AUTO });
    const { functions: fn, api, profile, landed, unpublishedChanges, segments, learning } = loop;

    this.stage('Collect', [
      graph('Requests', [apiMetric(api.apiId, 'Count'), apiMetric(api.apiId, '4xx'), apiMetric(api.apiId, '5xx')]),
      graph('Latency, ms', [apiMetric(api.apiId, 'Latency', 'p99')]),
      graph('Functions: p99, ms', [durationOf(fn.authorizeTouchpoint), durationOf(fn.collectInteractions)]),
    ]);
    this.stage('Land', [
      graph(
        'Records in',
        landed.map(({ streamName }) => deliveryMetric(streamName, 'IncomingRecords')),
      ),
      graph(
        'Age of the newest row, s',
        landed.map(({ streamName }) => deliveryMetric(streamName, 'DeliveryToS3.DataFreshness', 'Maximum')),
      ),
      graph('Not landed', [
        ...landed.map(({ streamName }) => deliveryMetric(streamName, 'FailedConversion.Records')),
        failuresOf(fn.landEvents, 'land-events failed'),
      ]),
    ]);
    this.stage('Profile', [
      graph('Queue', [messagesIn(profile.queue, 'waiting'), messagesIn(profile.deadLetters, 'dead letters')]),
      graph('Oldest message, s', [oldestMessageSeconds(profile.queue)]),
      graph('update-profile: p99, ms', [durationOf(fn.updateProfile)]),
    ]);
    this.stage('Publish', [
      graph('Age of the stream, ms', [streamAgeMs(fn.publishCustomerChanges)]),
      graph('Unpublished changes', [messagesIn(unpublishedChanges.deadLetters)]),
      graph('publish-customer-changes: p99, ms', [durationOf(fn.publishCustomerChanges)]),
    ]);
    this.stage('Segments', [
      graph('Queue', [messagesIn(segments.queue, 'waiting'), messagesIn(segments.deadLetters, 'dead letters')]),
      graph('Oldest message, s', [oldestMessageSeconds(segments.queue)]),
      graph('Functions: p99, ms', [durationOf(fn.refreshSegments)]),
    ]);
    this.stage('Decide', [
      graph('Functions: p99, ms', [durationOf(fn.makeDecision), durationOf(fn.decideBatch)]),
      graph('Age of the stream, ms', [streamAgeMs(fn.publishDecisions)]),
      graph('Unpublished decisions', [messagesIn(loop.unpublishedDecisions.deadLetters)]),
    ]);
    this.stage('Capture and learn', [
      graph('Queues', [
        messagesIn(loop.derivedDispositions.queue, 'derived dispositions'),
        messagesIn(learning.queue, 'learning'),
      ]),
      graph('Dead letters', [
        messagesIn(loop.derivedDispositions.deadLetters, 'derived dispositions'),
        messagesIn(learning.deadLetters, 'learning'),
      ]),
      graph('Functions: p99, ms', [
        durationOf(fn.captureDisposition),
        durationOf(fn.deriveDispositions),
        durationOf(fn.learnFromDispositions),
      ]),
    ]);
    this.stage('Read', [
      graph('Functions: p99, ms', [durationOf(fn.readCustomer), durationOf(fn.readTimeline)]),
      graph('Failures that only its callers see', [failuresOf(fn.decideBatch, 'decide-batch')]),
    ]);
  }

  private stage(title: string, widgets: readonly GraphWidget[]): void {
    this.addWidgets(new TextWidget({ markdown: `## ${title}`, width: 24, height: 1 }));
    this.addWidgets(...widgets);
  }
}

const graph = (title: string, left: readonly IMetric[]) =>
  new GraphWidget({ title, left: [...left], width: 8, height: 6 });
