import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import { type IdentifierSettings, readIdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import { isRegion } from '#domain/identity/normalise-value.ts';
import { TimeZone } from '#domain/zone/time-zone.ts';

/** The settings of one stage; `-c stage=<name>` picks it. */
export const StageConfig = z.strictObject({
  stage: z.enum(['dev', 'staging', 'prod']),
  /** Days that the lake keeps interactions, decisions and dispositions; also the reach of the tables' partition projection. */
  lakeRetentionDays: z.int().min(90),
  /** Athena stops a query that would scan more. AWS takes no less than 10 MB. */
  scanCutoffBytes: z.int().min(10_000_000),
  /** Days that the bus can replay, at 0.10 USD a GB; 0 for no archive, and docs/adr/0010 for what is lost with it. */
  archiveDays: z.int().min(0),
  logRetention: z.enum(RetentionDays),
  /** Account-wide default of HTTP APIs is 10,000 a second with bursts of 5,000. */
  throttle: z.strictObject({ requestsPerSecond: z.int().min(1), burst: z.int().min(1) }),
  /** Firehose writes a file when either is reached; Parquet conversion takes no less than 64 MB, and no more than 128 MB or 900 s. */
  delivery: z.strictObject({ bufferSeconds: z.int().min(0).max(900), bufferMegabytes: z.int().min(64).max(128) }),
  /** Functions that one queue may run at once; AWS takes 2 to 1,000. */
  profileConcurrency: z.int().min(2).max(1000),
  /** Traces of every function; a tenth of the bill in batches, more one by one. */
  tracing: z.boolean(),
  /** Types of identifiers, and where they stand, besides those that every stage has; goes into functions' environments, of 4 KB each. */
  identifiers: z.custom<IdentifierSettings>().superRefine(checkIdentifiers),
  /** IANA time zone of the customers who have not told theirs: quiet hours go by its clock. */
  timeZone: TimeZone,
  /** Whether the stage has a dashboard: CloudWatch bills each after the third of an account at 3 USD a month. */
  dashboard: z.boolean(),
  /** Gets every alarm once the address is confirmed. */
  alarmEmail: z.email().optional(),
});
export type StageConfig = z.infer<typeof StageConfig>;

function checkIdentifiers(settings: IdentifierSettings, context: z.RefinementCtx): void {
  const read = readIdentifierCatalogue(settings);
  const faults = read.kind === 'invalid' ? [...read.faults] : [];
  if (read.kind === 'catalogue' && settings.region !== undefined && !isRegion(settings.region)) {
    faults.push(`region: No phone numbers are known of ${settings.region}`);
  }
  if (JSON.stringify(settings).length > 3000) faults.push('Expected at most 3,000 characters');
  for (const message of faults) context.addIssue({ code: 'custom', message });
}

/** Answers the settings of a stage; throws a TypeError that lists the stages when there is no such one. */
export function stageConfig(stage: unknown, overrides: { readonly alarmEmail?: unknown } = {}): StageConfig {
  const settings = stages.find((candidate) => candidate.stage === stage);
  if (settings === undefined) {
    throw new TypeError(`Stage is one of ${stages.map((known) => known.stage).join(', ')}; got ${String(stage)}`);
  }
  return StageConfig.parse({ ...settings, ...overrides });
}

const gigabyte = 1_000_000_000;

const dev = {
  stage: 'dev',
  lakeRetentionDays: 396,
  scanCutoffBytes: 10 * gigabyte,
  archiveDays: 0,
  logRetention: RetentionDays.TWO_WEEKS,
  throttle: { requestsPerSecond: 500, burst: 1000 },
  delivery: { bufferSeconds: 60, bufferMegabytes: 64 },
  profileConcurrency: 10,
  tracing: false,
  dashboard: false,
  identifiers: {},
  timeZone: 'UTC',
} satisfies StageConfig;

const prod = {
  ...dev,
  stage: 'prod',
  lakeRetentionDays: 1827,
  scanCutoffBytes: 100 * gigabyte,
  logRetention: RetentionDays.THREE_MONTHS,
  throttle: { requestsPerSecond: 5000, burst: 5000 },
  // Larger files make Athena faster and S3 requests fewer; analysts wait up to 15 minutes for the newest rows.
  delivery: { bufferSeconds: 900, bufferMegabytes: 128 },
  profileConcurrency: 100,
  dashboard: true,
} satisfies StageConfig;

const stages: readonly StageConfig[] = [dev, { ...prod, stage: 'staging', lakeRetentionDays: 396 }, prod];
