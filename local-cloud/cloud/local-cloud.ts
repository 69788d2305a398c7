import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultPlanInput } from '#local-cloud/faults/fault-plan.ts';
import { createFaults } from '#local-cloud/faults/faults.ts';
import { knowsOperation } from '#local-cloud/faults/knows-operation.ts';
import { createIam } from '#local-cloud/iam/iam.ts';
import { createMeter } from '#local-cloud/metering/meter.ts';
import { type OutboxControl, outboxControl } from '#local-cloud/outbox/outbox-control.ts';
import { services } from '#local-cloud/services.ts';
import { readAssembly } from '#local-cloud/template/assembly.ts';
import { makeResources } from '#local-cloud/template/make-resources.ts';
import { outputsOf } from '#local-cloud/template/outputs-of.ts';
import { createActivity } from './activity.ts';
import { answerApi } from './answer-api.ts';
import { createCallers } from './callers.ts';
import { durationMs, openClock } from './clock.ts';
import type { ControlledCloud } from './control.ts';
import { createDoor } from './door.ts';
import { createEndpoint } from './endpoint.ts';
import { createGateway } from './gateway.ts';
import { createContext } from './local-context.ts';
import { createNeighbours } from './neighbours.ts';
import { openPort } from './open-port.ts';
import type { Service } from './service.ts';
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
export interface LocalCloud extends ControlledCloud {
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
  /** URLs of the queues that hold messages, visible or not. */
  nonEmptyQueues(): readonly string[];
  stop(): Promise<void>;
}

const account = '123456789012';
const apiKeepAliveMs = 60_000;
// SDKs keep connections open; a server that closes them first makes their next call fail.
const awsKeepAliveMs = 3_600_000;

/** Makes the assembly's resources and serves them. Throws when the template holds something that can't be honoured. */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const region = process.env.AWS_REGION ?? 'eu-central-1';
  const assembly = readAssembly(options.assemblyDirectory);
  const stateDirectory = options.stateDirectory ?? mkdtempSync(join(tmpdir(), 'lemniscate-'));
  const clock = openClock(stateDirectory, options.now);
  const made = new Map<string, Service>();
  const activity = createActivity();
  const callers = createCallers();
  const door = createDoor();
  const iam = createIam(account);
  const meter = createMeter((service) => made.get(service)?.bills);
  const faults = createFaults(knowsOperation(made));
  const gateway = createGateway({ services: made, iam, faults, meter, functionOf: callers.functionOf });
  const apiPort = await openPort(options.port ?? 0, apiKeepAliveMs);
  const awsPort = await openPort(0, awsKeepAliveMs);

  let stopping: Promise<void> | undefined;
  const stopAll = async (): Promise<void> => {
    await door.close();
    gateway.close();
    for (const service of [...made.values()].reverse()) await service.stop?.();
    for (const port of [apiPort, awsPort]) port.close();
  };
  // A process can be told to stop more than once.
  const stop = (): Promise<void> => {
    stopping ??= stopAll();
    return stopping;
  };
  const moveTo = async (nowMs: number): Promise<void> => {
    clock.set(nowMs);
    for (const service of made.values()) await service.clockMoved?.(nowMs);
  };
  const parts: Omit<ControlledCloud, 'executions' | keyof OutboxControl> = {
    faults,
    meter,
    now: clock.now,
    settle: () => settle([...made.values()], activity),
    advance: async (by) => moveTo(clock.now() + millisecondsOf(by)),
    moveTo,
  };

  try {
    const { url } = apiPort;
    const { url: awsEndpoint } = awsPort;
    const { verbose = false, throttles = false } = options;
    const { assets } = assembly;
    const place = { region, account, stateDirectory, awsEndpoint, apiUrl: url, assets, verbose, throttles };
    const context = createContext({ ...place, clock, activity, iam, faults, meter, gateway, callers });
    const neighbours = createNeighbours(context);
    const all = services.map((make) => make(context, neighbours));
    for (const service of all) made.set(service.name, service);
    const { principalOf } = callers;
    awsPort.answerWith(
      createEndpoint({ gateway, clock, invocations: faults.invocations, principalOf, isOpen: () => door.isOpen }),
    );
    const controlled: ControlledCloud = {
      ...parts,
      executions: neighbours.stepFunctions.executions,
      ...outboxControl(neighbours.outbox, neighbours.ses),
    };
    apiPort.answerWith(answerApi(neighbours.httpApi, controlled, door));

    const providers = new Map(all.flatMap(({ resources }) => Object.entries(resources)));
    const stacks = await makeResources(assembly, providers, { region, account });
    for (const service of all) await service.start?.();
    if (options.faults) faults.set(options.faults);
    door.open();
    return {
      ...controlled,
      url,
      awsEndpoint,
      region,
      accessKeyId: callers.rootKey,
      secretAccessKey: 'local',
      stateDirectory,
      outputs: outputsOf(stacks, url),
      nonEmptyQueues: neighbours.sqs.queues.nonEmpty,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function millisecondsOf(by: number | string): number {
  const ms = typeof by === 'number' ? by : durationMs(by);
  if (ms !== undefined) return ms;
  throw new RangeError(`${by} is not an ISO 8601 duration of days, hours, minutes and seconds`);
}
