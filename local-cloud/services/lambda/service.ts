import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { LocalContext } from '#local-cloud/cloud/local-context.ts';
import { type Operation, type ResourceProvider, type Service, ServiceError } from '#local-cloud/cloud/service.ts';
import { readPolicy } from '#local-cloud/iam/policy.ts';
import { createLogReader } from '#local-cloud/metering/function-log.ts';
import type { Queues } from '#local-cloud/services/sqs/service.ts';
import { type Mapping, mappingPropertyPaths, readMapping } from './event-source-mapping.ts';
import { functionProvider } from './function-provider.ts';
import {
  createFunctionWorkers,
  type FunctionMeter,
  type FunctionWorkers,
  type LocalFunction,
} from './function-workers.ts';
import { queueMapping } from './queue-mapping.ts';
import { type OnStreamRecords, streamMapping } from './stream-mapping.ts';

const invokeInput = z.object({
  FunctionName: z.string(),
  InvocationType: z.enum(['RequestResponse', 'Event', 'DryRun']).default('RequestResponse'),
  Payload: z.union([z.string(), z.instanceof(Uint8Array)]).default('{}'),
});

const permission = z.object({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
  SourceAccount: z.string().optional(),
});

// Lambda's limit for the payload of a synchronous invocation, both ways.
const maximumPayloadBytes = 6_291_556;

/** Where event source mappings read from. */
export interface EventSources {
  readonly queues: Queues;
  readonly onStreamRecords: OnStreamRecords;
}

/** AWS Lambda: functions run from their bundles in worker threads, fed by calls and event source mappings. */
export function createLambdaService(context: LocalContext, sources: EventSources): Service {
  const functions = new Map<string, LocalFunction & { workers: FunctionWorkers }>();
  const mappings: Mapping[] = [];
  const logs = join(context.stateDirectory, 'logs');
  mkdirSync(logs, { recursive: true });
  const arnOf = (nameOrArn: string): string =>
    nameOrArn.startsWith('arn:')
      ? nameOrArn
      : `arn:aws:lambda:${context.region}:${context.account}:function:${nameOrArn}`;
  const found = (nameOrArn: string) => {
    const fn = functions.get(arnOf(nameOrArn));
    if (fn) return fn;
    throw new ServiceError('ResourceNotFoundException', `Function not found: ${arnOf(nameOrArn)}`, 404);
  };

  const deploy = (fn: LocalFunction): void => {
    context.nameFunction(fn.construct, fn.arn, fn.roleArn);
    const file = createWriteStream(join(logs, `${fn.name}.log`), { flags: 'a' });
    const log = context.verbose ? [file, process.stderr] : [file];
    const metered = { ...fn, label: fn.construct };
    const meter: FunctionMeter = {
      ended: (timing) => context.meter.invoked(metered, timing),
      wrote: createLogReader((bytes, metrics) => context.meter.logged(metered, bytes, metrics)),
    };
    functions.set(fn.arn, {
      ...fn,
      workers: createFunctionWorkers(fn, context.clock, log, context.faults.invocations, meter),
    });
  };

  const invoke: Operation = {
    permissions: (input) => [
      { action: 'lambda:InvokeFunction', resources: [arnOf(invokeInput.parse(input).FunctionName)] },
    ],
    async run(input) {
      const { FunctionName, InvocationType, Payload } = invokeInput.parse(input);
      const { workers } = found(FunctionName);
      const text = typeof Payload === 'string' ? Payload : Buffer.from(Payload).toString('utf8');
      if (Buffer.byteLength(text) > maximumPayloadBytes) {
        const message = `${Buffer.byteLength(text)} byte payload is too large for an invocation (limit ${maximumPayloadBytes} bytes)`;
        throw new ServiceError('RequestTooLargeException', message, 413);
      }
      if (InvocationType === 'DryRun') return { StatusCode: 204, Payload: Buffer.alloc(0) };
      const outcome = context.activity.track(() => workers.invoke(text));
      if (InvocationType === 'Event') return { StatusCode: 202, Payload: Buffer.alloc(0) };
      const { payload, failed } = limited(await outcome);
      return { StatusCode: 200, ...(failed ? { FunctionError: 'Unhandled' } : {}), Payload: Buffer.from(payload) };
    },
  };

  /** What a function URL does with a request. Since October 2025 it takes both permissions. */
  const invokeByUrl: Operation = {
    permissions: (input) => [
      { action: 'lambda:InvokeFunctionUrl', resources: [arnOf(invokeInput.parse(input).FunctionName)] },
      ...invoke.permissions(input),
    ],
    run: invoke.run,
  };

  const createPermission: ResourceProvider['create'] = async (properties, { physicalName }) => {
    const { Action, FunctionName, Principal, SourceArn, SourceAccount } = permission.parse(properties);
    const conditions = {
      ...(SourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': SourceArn } }),
      ...(SourceAccount === undefined ? {} : { StringEquals: { 'aws:SourceAccount': SourceAccount } }),
    };
    const principals = Principal.endsWith('.amazonaws.com') ? { Service: Principal } : { AWS: Principal };
    const statement = { Effect: 'Allow', Action, Principal: principals, Condition: conditions };
    context.iam.addResourcePolicy(arnOf(FunctionName), readPolicy({ Version: '2012-10-17', Statement: [statement] }));
    return { ref: physicalName() };
  };

  const createMapping: ResourceProvider['create'] = async (properties, { physicalName }) => {
    const mapping = readMapping(properties, physicalName(), context);
    const fn = found(mapping.functionName);
    mappings.push(
      mapping.sourceArn.startsWith('arn:aws:sqs:')
        ? queueMapping(context, sources.queues, mapping, fn)
        : streamMapping(context, sources.onStreamRecords, mapping, fn),
    );
    return { ref: mapping.id, attributes: { Id: mapping.id, EventSourceMappingArn: mapping.arn } };
  };

  return {
    name: 'lambda',
    operations: { Invoke: invoke, InvokeFunctionUrl: invokeByUrl },
    resources: {
      'AWS::Lambda::Function': functionProvider(context, deploy),
      'AWS::Lambda::Permission': {
        properties: ['Action', 'FunctionName', 'Principal', 'SourceAccount', 'SourceArn'],
        create: createPermission,
      },
      'AWS::Lambda::EventSourceMapping': { properties: mappingPropertyPaths, create: createMapping },
    },
    async start() {
      await Promise.all(mappings.map((mapping) => mapping.start()));
    },
    async flush() {
      const did = await Promise.all(mappings.map((mapping) => mapping.flush()));
      return did.includes(true);
    },
    async stop() {
      for (const mapping of mappings) mapping.stop();
      await Promise.all([...functions.values()].map(({ workers }) => workers.stop()));
    },
  };
}

/** A result that Lambda can't hand over is an error of the function. */
function limited(outcome: { payload: string; failed: boolean }): { payload: string; failed: boolean } {
  const bytes = Buffer.byteLength(outcome.payload);
  if (bytes <= maximumPayloadBytes) return outcome;
  const errorMessage = `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${maximumPayloadBytes} bytes).`;
  return { failed: true, payload: JSON.stringify({ errorType: 'Function.ResponseSizeTooLarge', errorMessage }) };
}
