import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { listPrices, priceOf } from '#scripts/prices/us-east-1.ts';

/** Something that costs money while nothing happens. */
export interface IdleLine {
  readonly what: string;
  readonly count: number;
  /** Price of one, USD a month. */
  readonly each: number;
}

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
});
type Resource = z.infer<typeof Template>['Resources'][string];

const AlarmMetrics = z.object({ Metrics: z.array(z.looseObject({ MetricStat: z.unknown().optional() })).optional() });
const Mapping = z.object({ EventSourceArn: z.unknown() });

// Lambda polls a queue with five threads, each waiting 20 s for messages: developer guide, "Using Lambda with Amazon SQS".
const pollers = 5;
const pollSeconds = 20;
const secondsAMonth = 30 * 86_400;

/** An account's first three dashboards are free if they have no more metrics than that: CloudWatch pricing page. */
export const freeDashboardMetrics = 50;

/** What the templates of an assembly cost a month before the first event; custom metrics cost from their first value on. */
export function idleCost(assemblyDirectory: string, customMetrics: number): readonly IdleLine[] {
  const resources = readdirSync(assemblyDirectory)
    .filter((name) => name.endsWith('.template.json'))
    .flatMap((name) =>
      Object.values(Template.parse(JSON.parse(readFileSync(join(assemblyDirectory, name), 'utf8'))).Resources),
    );
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type);
  const { monthly } = listPrices;
  const alarmMetrics = ofType('AWS::CloudWatch::Alarm').reduce((sum, alarm) => sum + metricsOf(alarm), 0);
  const polls =
    ofType('AWS::Lambda::EventSourceMapping').filter(readsQueue).length * pollers * (secondsAMonth / pollSeconds);
  const requests = priceOf('sqs', 'requests');
  return [
    { what: 'alarm metrics', count: alarmMetrics, each: monthly.alarmMetric.usd },
    {
      what: `dashboards (an account has three free, of up to ${freeDashboardMetrics} metrics each)`,
      count: ofType('AWS::CloudWatch::Dashboard').length,
      each: monthly.dashboard.usd,
    },
    { what: 'secrets', count: ofType('AWS::SecretsManager::Secret').length, each: monthly.secret.usd },
    { what: 'custom metrics, once they have values', count: customMetrics, each: monthly.customMetric.usd },
    { what: 'customer-managed keys', count: ofType('AWS::KMS::Key').length, each: monthly.customerManagedKey.usd },
    { what: 'empty receives of queues', count: polls, each: requests.usd / requests.per },
  ];
}

/** Metrics that an alarm reads: its own, or those that its expression is made of. */
function metricsOf({ Properties }: Resource): number {
  const { Metrics } = AlarmMetrics.parse(Properties);
  return Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1;
}

/** A mapping of a stream reads for free; its source is an attribute named for the stream. */
function readsQueue({ Properties }: Resource): boolean {
  return !JSON.stringify(Mapping.parse(Properties).EventSourceArn).includes('Stream');
}
