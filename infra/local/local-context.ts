import type { MovableClock } from '#infra/local/clock.ts';
import type { Iam } from '#infra/local/iam/iam.ts';
import type { CloudContext } from '#infra/local/service.ts';

/** What the core's own services (Lambda, HTTP API, SQS, EventBridge) are built with, beyond what every service gets. */
export interface LocalContext extends CloudContext {
  readonly clock: MovableClock;
  readonly iam: Iam;
  /** Base URL of the AWS endpoint, without a slash at the end. */
  endpoint(): string;
  /** Base URL of the HTTP API. */
  apiUrl(): string;
  /** Folder of each asset by its object key. */
  readonly assets: ReadonlyMap<string, string>;
  /** Environment variables by which an AWS SDK finds this cloud and is known as the role. */
  environmentOf(roleArn: string): Readonly<Record<string, string>>;
}
