import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import {
  Currency,
  type IdentifierSettings,
  isRegion,
  readIdentifierCatalogue,
  TimeZone,
  Touchpoint,
} from '#contracts/stage/stage-settings.ts';
import { ApiDomain } from './api-domain.ts';
import { layOver } from './lay-over.ts';
import { AccountId, Region } from './place.ts';
import { SendingSettings } from './sending-settings.ts';
import { stageLike } from './stage-like.ts';
import { StageName } from './stage-name.ts';

/** The settings of one stage; `-c stage=<name>` picks it. */
export const StageConfig = z
  .strictObject({
    stage: StageName,
    /** The one account and region that the stage may stand in; without them it goes wherever credentials lead. */
    account: AccountId.optional(),
    region: Region.optional(),
    /** Days that the lake keeps interactions, decisions and dispositions; also the reach of the tables' partition projection. */
    lakeRetentionDays: z.int().min(90),
    /** First day that the lake can have anything of: Athena lists each day from then on, at the price of a LIST, whether it is empty or not (docs/adr/0021). */
    lakeFrom: z.iso.date().optional(),
    /** Athena stops a query that would scan more. AWS takes no less than 10 MB. */
    scanCutoffBytes: z.int().min(10_000_000),
    /** Days that the bus can replay, at 0.10 USD a GB; 0 for no archive, and docs/adr/0010 for what is lost with it. */
    archiveDays: z.int().min(0),
    logRetention: z.enum(RetentionDays),
    /** Account-wide default of HTTP APIs is 10,000 a second with bursts of 5,000. */
    throttle: z.strictObject({ requestsPerSecond: z.int().min(1), burst: z.int().min(1) }),
    /**
     * How many of a function may run at once; so many are kept free for it, at no price, and not more. A flood of what collects then
     * leaves functions to decisions. AWS keeps 100 of an account's for all the others and refuses a stack that would go below: not
     * for new accounts, which may have 10 in all.
     */
    reservedConcurrency: z.strictObject({ collect: z.int().min(1), decide: z.int().min(1) }).optional(),
    /** Firehose writes a file when either is reached; Parquet conversion takes no less than 64 MB, and no more than 128 MB or 900 s. */
    delivery: z.strictObject({ bufferSeconds: z.int().min(0).max(900), bufferMegabytes: z.int().min(64).max(128) }),
    /** Functions that one queue may run at once; AWS takes 2 to 1,000. */
    profileConcurrency: z.int().min(2).max(1000),
    /** Traces of every function; a tenth of the bill in batches, more one by one. */
    tracing: z.boolean(),
    /** Types of identifiers, and where they stand, besides those that every stage has; goes into functions' environments, of 4 KB each. */
    identifiers: z.custom<IdentifierSettings>().superRefine(checkIdentifiers),
    /** Touchpoints and channels besides those that every stage has: survey, chat, social, kiosk, spa … */
    touchpoints: z.array(Touchpoint).max(64).optional(),
    /** IANA time zone of the customers who have not told theirs: quiet hours go by its clock. */
    timeZone: TimeZone,
    /** ISO 4217 code of the money of events that name no currency; answers say so. A change counts for what arrives from then on. */
    currency: Currency,
    /** Whether the stage has a dashboard: CloudWatch bills each after the third of an account, and any of more than 50 metrics, at 3 USD a month. */
    dashboard: z.boolean(),
    /** A name of the firm's own for the API. Its certificate is one of ACM in the stage's region. */
    domain: ApiDomain.optional(),
    /** A second region that keeps a copy of the identity key, at 0.40 USD a month: it outlives the first. */
    identityKeyCopyIn: Region.optional(),
    /** Who sends what campaigns choose, and how fast. */
    sending: SendingSettings,
    /** Gets every alarm once the address is confirmed. */
    alarmEmail: z.email().optional(),
  })
  .superRefine(checkPlaces);
export type StageConfig = z.infer<typeof StageConfig>;

/** What would else be found out by CloudFormation, after everything before it is made. */
function checkPlaces(config: Places, context: z.RefinementCtx): void {
  const refuse = (path: keyof Places, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  const { account, region, domain, identityKeyCopyIn } = config;
  const [, , , inRegion, ofAccount] = domain?.certificateArn.split(':') ?? [];
  const isElsewhere = (place = '', stands = place) => place !== '' && place !== stands;
  if (isElsewhere(inRegion, region) || isElsewhere(ofAccount, account)) {
    refuse('domain', 'API Gateway takes a certificate of the stage’s own account and region');
  }
  if (region !== undefined && identityKeyCopyIn === region) {
    refuse('identityKeyCopyIn', 'The copy of the identity key is in another region');
  }
}

interface Places {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly domain?: ApiDomain | undefined;
  readonly identityKeyCopyIn?: string | undefined;
}

function checkIdentifiers(settings: IdentifierSettings, context: z.RefinementCtx): void {
  const read = readIdentifierCatalogue(settings);
  const faults = read.kind === 'invalid' ? [...read.faults] : [];
  if (read.kind === 'catalogue' && settings.region !== undefined && !isRegion(settings.region)) {
    faults.push(`region: No phone numbers are known of ${settings.region}`);
  }
  // Lambda's 4 KB of environment are bytes, and a letter may have four.
  if (Buffer.byteLength(JSON.stringify(settings)) > 3000) {
    faults.push('Expected at most 3,000 characters, and no more than 3,000 bytes of JSON in UTF-8');
  }
  for (const message of faults) context.addIssue({ code: 'custom', message });
}

/**
 * Answers the settings of a stage: one of the list below, or one with such a kind in its name, as dev-ada has. Throws an Error
 * that says which names there are.
 */
export function stageConfig(stage: unknown, overrides: { readonly alarmEmail?: unknown } = {}): StageConfig {
  const settings = stageLike(stage, stages);
  if (settings === undefined) {
    throw new Error(
      `Stage is one of ${stages.map((known) => known.stage).join(', ')}, has one of these in its name, as dev-ada or eu-prod, or is added to infra/config.ts; got ${String(stage)}`,
    );
  }
  return StageConfig.parse(layOver(settings, overrides));
}

const gigabyte = 1_000_000_000;

// A stage of any other name is an entry of the list at the end: { ...prod, stage: 'blue', account: '111122223333', region: 'eu-central-1' }.

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
  currency: 'USD',
  // Nobody's address (RFC 2606): SES refuses it until it is one of an identity that the firm has verified.
  sending: { from: 'offers@example.com', perMinute: {} },
} satisfies StageConfig;

const prod = {
  ...dev,
  stage: 'prod',
  lakeRetentionDays: 1827,
  // No lake is older: a query lists the days since then, and not those of five years. Move it on when the retention has passed it.
  lakeFrom: '2026-01-01',
  scanCutoffBytes: 100 * gigabyte,
  logRetention: RetentionDays.THREE_MONTHS,
  throttle: { requestsPerSecond: 5000, burst: 5000 },
  // Of the 1,000 that an account has by default: at 30 ms a request 300 carry 10,000 a second, and 500 are left for the rest.
  reservedConcurrency: { collect: 300, decide: 200 },
  // Larger files make Athena faster and S3 requests fewer; analysts wait up to 15 minutes for the newest rows.
  delivery: { bufferSeconds: 900, bufferMegabytes: 128 },
  profileConcurrency: 100,
  dashboard: true,
  // Who sends is set here when the firm has verified it: { from: 'offers@shop.example', sms: 'arn:aws:sms-voice:…' }.
  sending: { perMinute: {} },
} satisfies StageConfig;

const stages: readonly StageConfig[] = [
  dev,
  // It may share prod's account, whose functions at once it would take away.
  { ...prod, stage: 'staging', lakeRetentionDays: 396, reservedConcurrency: undefined },
  prod,
];
