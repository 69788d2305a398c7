import { mkdtempSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultPlanInput } from '#local-cloud/faults/fault-plan.ts';
import { createFaults, type Faults } from '#local-cloud/faults/faults.ts';
import { createIam } from '#local-cloud/iam/iam.ts';
import type { Principal } from '#local-cloud/iam/principal.ts';
import { createMeter, type Meter } from '#local-cloud/metering/meter.ts';
import { createServices } from '#local-cloud/services.ts';
import { readAssembly } from '#local-cloud/template/assembly.ts';
import { makeResources, type StackOutputs } from '#local-cloud/template/make-resources.ts';
import { createActivity } from './activity.ts';
import { durationMs, openClock } from './clock.ts';
import { comeAgain } from './come-again.ts';
import { answerControl, isControl } from './control.ts';
import { createDoor } from './door.ts';
import { createEndpoint } from './endpoint.ts';
import { createGateway } from './gateway.ts';
import type { LocalContext } from './local-context.ts';
import { requestTimeoutMs } from './request-body.ts';
import { settle } from './settle.ts';

/** How to start a local cloud. */
export interface LocalCloudOptions {
  /** What `cdk synth` wrote. */
  readonly assemblyDirectory: string;
  /** Port of the HTTP API; a free one when absent or 0. */
  readonly port?: number;
  /** Folder that outlives the process; a fresh temporary one when absent. */
  readonly stateDirectory?: string;
  /** Time that the cloud's clock shows at the start, epoch milliseconds; when absent, the machine's or what the state directory's last cloud would show. */
  readonly now?: number;
  /** Whether the API refuses what is more than its stage's rates; not unless said. */
  readonly throttles?: boolean;
  /** Whether functions' logs also go to stderr; they always go to files in the state directory. */
  readonly verbose?: boolean;
  /** What goes wrong from the moment on at which all resources are there. */
  readonly faults?: FaultPlanInput;
}

/** The CDK app, running on this machine. */
export interface LocalCloud {
  /** Base URL of the HTTP API and of `/_local`. */
  readonly url: string;
  /** Base URL of the AWS services, for any AWS SDK. */
  readonly awsEndpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly stateDirectory: string;
  /** Outputs of all stacks by name. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly faults: Faults;
  readonly meter: Pick<Meter, 'read' | 'reset'>;
  now(): number;
  /** URLs of the queues that hold messages, visible or not. */
  nonEmptyQueues(): readonly string[];
  /** Resolves when nothing is in flight: queues, streams, deliveries. */
  settle(): Promise<void>;
  /** Moves the clock on by milliseconds or an ISO 8601 duration (`P1D`). */
  advance(by: number | string): Promise<void>;
  /** Moves the clock to an epoch millisecond. */
  moveTo(nowMs: number): Promise<void>;
  stop(): Promise<void>;
}

const account = '123456789012';
const rootKey = 'LOCALROOT';

/** Makes the assembly's resources and serves them. Throws when the template holds something that can't be honoured. */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const region = process.env.AWS_REGION ?? 'eu-central-1';
  const assembly = readAssembly(options.assemblyDirectory);
  const stateDirectory = options.stateDirectory ?? mkdtempSync(join(tmpdir(), 'lemniscate-'));
  const clock = openClock(stateDirectory, options.now);
  const activity = createActivity();
  const iam = createIam(account);
  const faults = createFaults((service, operation) => {
    if (service === '*') return true;
    if (service === 'apigateway') return operation === undefined || operation === 'Request';
    const operations = gateway.services.get(service)?.operations;
    return operations !== undefined && (operation === undefined || Object.hasOwn(operations, operation));
  });
  const functionNames = new Map<string, string>();
  const meter = createMeter();
  const functionOf = (principal: Principal, { FunctionName }: Readonly<Record<string, unknown>>) =>
    functionNames.get(
      typeof FunctionName === 'string' ? FunctionName : principal.kind === 'role' ? principal.roleArn : '',
    );
  const gateway = createGateway(iam, faults, functionOf, meter);
  const principals = new Map<string, Principal>([[rootKey, { kind: 'root' }]]);
  const door = createDoor();
  let awsEndpoint = '';
  let url = '';

  const context: LocalContext = {
    region,
    account,
    stateDirectory,
    verbose: options.verbose ?? false,
    throttles: options.throttles ?? false,
    clock,
    activity,
    iam,
    faults,
    meter,
    nameFunction(construct, arn, roleArn) {
      functionNames.set(arn, construct).set(roleArn, construct);
      meter.nameRole(roleArn, construct);
    },
    assets: assembly.assets,
    call: (...call) => gateway.call(...call),
    roleOf(roleArn) {
      if (!iam.hasRole(roleArn)) throw new Error(`the template has no role ${roleArn}`);
      return { kind: 'role', roleArn };
    },
    servicePrincipal: (service, sourceArn) => ({ kind: 'service', service, sourceArn }),
    endpoint: () => awsEndpoint,
    apiUrl: () => url,
    environmentOf(roleArn) {
      const accessKeyId = `LOCALROLE${principals.size}`;
      principals.set(accessKeyId, context.roleOf(roleArn));
      return sdkEnvironment({ accessKeyId, region, awsEndpoint });
    },
  };
  const services = createServices(context);
  for (const service of services.all) gateway.add(service);
  const providers = new Map(services.all.flatMap(({ resources }) => Object.entries(resources)));

  const endpoint = createEndpoint({
    gateway,
    clock,
    invocations: faults.invocations,
    principalOf: (accessKeyId) => principals.get(accessKeyId),
    isOpen: () => door.isOpen,
    s3: services.s3.handleHttp,
    functionUrls: services.functionUrls,
  });
  awsEndpoint = await listen(endpoint, 0);
  const cloud: Omit<LocalCloud, 'url' | 'awsEndpoint' | 'outputs'> = {
    region,
    accessKeyId: rootKey,
    secretAccessKey: 'local',
    stateDirectory,
    faults,
    meter,
    now: clock.now,
    nonEmptyQueues: () => services.queues.nonEmpty(),
    settle: () => settle(services.all, activity),
    async advance(by) {
      const ms = typeof by === 'number' ? by : durationMs(by);
      if (ms === undefined)
        throw new RangeError(`${by} is not an ISO 8601 duration of days, hours, minutes and seconds`);
      await cloud.moveTo(clock.now() + ms);
    },
    async moveTo(nowMs) {
      clock.set(nowMs);
      for (const service of services.all) await service.clockMoved?.(nowMs);
    },
    async stop() {
      await door.close();
      gateway.close();
      for (const service of [...services.all].reverse()) await service.stop?.();
      for (const server of [api, endpoint]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isControl(request)) await door.pass(response, () => services.httpApi.handle(request, response));
    else if (door.isOpen) await answerControl(cloud, request, response);
    else comeAgain(response);
  };
  const api = createServer({ requestTimeout: requestTimeoutMs }, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      // A caller who went away in the middle of a body gets no answer and is no fault of ours.
      if (request.destroyed && !request.complete) return;
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  api.keepAliveTimeout = 60_000;
  url = await listen(api, options.port ?? 0);

  try {
    const stacks = await makeResources(assembly, providers, { region, account });
    for (const service of services.all) await service.start?.();
    if (options.faults) faults.set(options.faults);
    door.open();
    return { ...cloud, url, awsEndpoint, outputs: outputsOf(stacks, url) };
  } catch (error) {
    await cloud.stop();
    throw error;
  }
}

/** Outputs that people wrote, all stacks together; the API's address is where it listens here. */
function outputsOf(stacks: StackOutputs, url: string): Readonly<Record<string, string>> {
  const entries = [...stacks.values()].flatMap((outputs) => Object.entries(outputs));
  const written = entries.filter(([name]) => !/^(PublishOutput|ExportsOutput)/.test(name));
  const here = (value: string) => value.replace(/^https:\/\/\w+\.execute-api\.[\w.-]+/, url);
  return Object.fromEntries(written.map(([name, value]) => [name, here(value)]));
}

/** What an AWS SDK needs to know, and nothing of the machine's own AWS settings. */
function sdkEnvironment({
  accessKeyId,
  region,
  awsEndpoint,
}: {
  accessKeyId: string;
  region: string;
  awsEndpoint: string;
}) {
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: awsEndpoint,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    TZ: 'UTC',
  };
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `http://127.0.0.1:${address.port}`;
}
