import type { Faults } from '#local-cloud/faults/faults.ts';
import type { Iam } from '#local-cloud/iam/iam.ts';
import type { Meter } from '#local-cloud/metering/meter.ts';
import type { WatchedActivity } from './activity.ts';
import type { Callers } from './callers.ts';
import type { MovableClock } from './clock.ts';
import type { Gateway } from './gateway.ts';
import { sdkEnvironment } from './sdk-environment.ts';
import type { CloudContext } from './service.ts';

/** What the core's own services (Lambda, HTTP API, SQS, EventBridge) are built with, beyond what every service gets. */
export interface LocalContext extends CloudContext {
  readonly clock: MovableClock;
  readonly iam: Iam;
  readonly faults: Faults;
  readonly meter: Meter;
  /** Tells under which construct id a role's function is known, and its ARN, so that faults and the meter can name it. */
  nameFunction(construct: string, arn: string, roleArn: string): void;
  /** Base URL of the AWS endpoint, without a slash at the end. */
  readonly awsEndpoint: string;
  /** Base URL of the HTTP API. */
  readonly apiUrl: string;
  /** Whether the API holds to its stage's rates; this machine's own speed is bound enough otherwise. */
  readonly throttles: boolean;
  /** Whether functions' logs also go to stderr. */
  readonly verbose: boolean;
  /** Folder of each asset by its object key. */
  readonly assets: ReadonlyMap<string, string>;
  /** Environment variables by which an AWS SDK finds this cloud and is known as the role. */
  environmentOf(roleArn: string): Readonly<Record<string, string>>;
}

/** What a context is put together from. */
interface ContextParts
  extends Pick<
    LocalContext,
    | 'region'
    | 'account'
    | 'stateDirectory'
    | 'clock'
    | 'iam'
    | 'faults'
    | 'meter'
    | 'awsEndpoint'
    | 'apiUrl'
    | 'throttles'
    | 'verbose'
    | 'assets'
  > {
  readonly activity: WatchedActivity;
  readonly gateway: Gateway;
  readonly callers: Callers;
}

/** Everything that services are built with. */
export function createContext({ gateway, callers, ...parts }: ContextParts): LocalContext {
  const { iam, meter, region, awsEndpoint } = parts;
  const roleOf: LocalContext['roleOf'] = (roleArn) => {
    if (!iam.hasRole(roleArn)) throw new Error(`the template has no role ${roleArn}`);
    return { kind: 'role', roleArn };
  };
  return {
    ...parts,
    call: (...call) => gateway.call(...call),
    roleOf,
    servicePrincipal: (service, sourceArn) => ({ kind: 'service', service, sourceArn }),
    nameFunction(construct, arn, roleArn) {
      callers.nameFunction(construct, arn, roleArn);
      meter.nameRole(roleArn, construct);
    },
    environmentOf: (roleArn) => sdkEnvironment(callers.keyFor(roleOf(roleArn)), region, awsEndpoint),
  };
}
