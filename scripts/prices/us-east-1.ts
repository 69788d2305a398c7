import type { BilledUnit } from '#local-cloud/metering/usage.ts';

/** What one unit costs, as AWS's public pricing page says it, without free tiers and volume discounts. */
export interface Price {
  readonly service: string;
  readonly unit: BilledUnit;
  readonly usd: number;
  /** For so many units. */
  readonly per: number;
  /** How the page counts: `million requests`. */
  readonly perName: string;
  /** Name of the public pricing page. */
  readonly page: string;
  /** What the amount was compared with; absent when it is from memory of the pricing page and was not compared. */
  readonly checked?: string;
}

const million = 1e6;
const gib = 2 ** 30;
const tib = 2 ** 40;

/** List prices of US East (N. Virginia). AWS changes them: mind the date. */
export const listPrices = {
  region: 'us-east-1',
  date: '2026-06-30',
  prices: [
    {
      service: 'apigateway',
      unit: 'requests',
      usd: 1,
      per: million,
      perName: 'million HTTP API requests',
      page: 'API Gateway',
      checked: 'published guides of 2025 and 2026',
    },
    {
      service: 'lambda',
      unit: 'requests',
      usd: 0.2,
      per: million,
      perName: 'million requests',
      page: 'Lambda',
      checked: 'published guides of 2024 and 2026',
    },
    {
      service: 'lambda',
      unit: 'gb-seconds',
      usd: 0.0000133334,
      per: 1,
      perName: 'GB-second on Arm',
      page: 'Lambda',
      checked: 'published guides of 2024 and 2026',
    },
    {
      service: 'events',
      unit: 'event-chunks',
      usd: 1,
      per: million,
      perName: 'million custom events of 64 KB',
      page: 'EventBridge',
      checked: 'published guide of March 2026',
    },
    {
      service: 'events',
      unit: 'archived-bytes',
      usd: 0.1,
      per: gib,
      perName: 'GB archived',
      page: 'EventBridge',
      checked: 'published guide of March 2026',
    },
    {
      service: 'sqs',
      unit: 'requests',
      usd: 0.4,
      per: million,
      perName: 'million standard requests',
      page: 'SQS',
      checked: 'published guide of March 2026',
    },
    {
      service: 'dynamodb',
      unit: 'write-request-units',
      usd: 0.625,
      per: million,
      perName: 'million write request units',
      page: 'DynamoDB on-demand',
      checked: 'published guide of July 2025',
    },
    {
      service: 'dynamodb',
      unit: 'read-request-units',
      usd: 0.125,
      per: million,
      perName: 'million read request units',
      page: 'DynamoDB on-demand',
      checked: 'published guide of July 2025',
    },
    {
      service: 'dynamodb-streams',
      unit: 'stream-reads',
      usd: 0,
      per: million,
      perName: 'million reads by a Lambda trigger',
      page: 'DynamoDB on-demand',
    },
    {
      service: 'firehose',
      unit: 'ingested-bytes',
      usd: 0.029,
      per: gib,
      perName: 'GB ingested by direct put',
      page: 'Data Firehose',
    },
    {
      service: 'firehose',
      unit: 'converted-bytes',
      usd: 0.018,
      per: gib,
      perName: 'GB converted',
      page: 'Data Firehose',
    },
    {
      service: 's3',
      unit: 'put-class-requests',
      usd: 0.005,
      per: 1000,
      perName: 'thousand PUT or LIST',
      page: 'S3',
      checked: 'published guides of 2025',
    },
    {
      service: 's3',
      unit: 'get-class-requests',
      usd: 0.0004,
      per: 1000,
      perName: 'thousand GET',
      page: 'S3',
      checked: 'published guides of 2025',
    },
    { service: 's3', unit: 'free-requests', usd: 0, per: 1000, perName: 'thousand DELETE', page: 'S3' },
    { service: 'athena', unit: 'scanned-bytes', usd: 5, per: tib, perName: 'TB scanned', page: 'Athena' },
    {
      service: 'athena',
      unit: 'put-class-requests',
      usd: 0.005,
      per: 1000,
      perName: 'thousand LIST of partitions, on the bill of S3',
      page: 'S3',
      checked: 'published guides of 2025',
    },
    { service: 'glue', unit: 'requests', usd: 1, per: million, perName: 'million Data Catalog requests', page: 'Glue' },
    {
      service: 'secretsmanager',
      unit: 'requests',
      usd: 0.05,
      per: 10_000,
      perName: '10,000 calls',
      page: 'Secrets Manager',
    },
    {
      service: 'states',
      unit: 'state-transitions',
      usd: 25,
      per: million,
      perName: 'million state transitions, Standard',
      page: 'Step Functions',
      checked: 'the pricing page',
    },
    {
      service: 'logs',
      unit: 'ingested-bytes',
      usd: 0.5,
      per: gib,
      perName: 'GB ingested, standard class',
      page: 'CloudWatch',
      checked: 'published guides of 2025 and 2026',
    },
    {
      service: 'xray',
      unit: 'traced-invocations',
      usd: 5,
      per: million,
      perName: 'million traces recorded',
      page: 'X-Ray',
      checked: 'the pricing page',
    },
  ],
  /** Each a month. */
  monthly: {
    alarmMetric: { usd: 0.1, page: 'CloudWatch', checked: 'published guide of 2026' },
    dashboard: { usd: 3, page: 'CloudWatch' },
    customMetric: { usd: 0.3, page: 'CloudWatch', checked: 'published guide of February 2026' },
    secret: { usd: 0.4, page: 'Secrets Manager' },
    customerManagedKey: { usd: 1, page: 'KMS' },
  },
} as const satisfies {
  readonly region: string;
  readonly date: string;
  readonly prices: readonly Price[];
  readonly monthly: Readonly<
    Record<string, { readonly usd: number; readonly page: string; readonly checked?: string }>
  >;
};

/** The price of a unit. Throws a RangeError when the list has none, so that nothing is billed at nothing in silence. */
export function priceOf(service: string, unit: BilledUnit): Price {
  const prices: readonly Price[] = listPrices.prices;
  const found = prices.find((price) => price.service === service && price.unit === unit);
  if (found === undefined) throw new RangeError(`The price list has no price for ${unit} of ${service}`);
  return found;
}
