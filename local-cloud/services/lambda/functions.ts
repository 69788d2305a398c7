import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalContext } from '#local-cloud/cloud/local-context.ts';
import { createLogReader } from '#local-cloud/metering/function-log.ts';
import { lambdaError } from './errors.ts';
import {
  createFunctionWorkers,
  type FunctionMeter,
  type FunctionWorkers,
  type LocalFunction,
} from './function-workers.ts';

/** A function with the threads that run it. */
export interface DeployedFunction extends LocalFunction {
  readonly workers: FunctionWorkers;
}

/** The functions of this cloud. */
export interface Functions {
  arnOf(nameOrArn: string): string;
  /** Throws when there is none of that name or ARN. */
  named(nameOrArn: string): DeployedFunction;
  deploy(fn: LocalFunction): void;
  stop(): Promise<void>;
}

/** Starts without any function; their logs are files in the state directory. */
export function createFunctions(context: LocalContext): Functions {
  const functions = new Map<string, DeployedFunction>();
  const logs = join(context.stateDirectory, 'logs');
  mkdirSync(logs, { recursive: true });
  const arnOf = (nameOrArn: string): string =>
    nameOrArn.startsWith('arn:')
      ? nameOrArn
      : `arn:aws:lambda:${context.region}:${context.account}:function:${nameOrArn}`;
  return {
    arnOf,
    named(nameOrArn) {
      const fn = functions.get(arnOf(nameOrArn));
      if (fn) return fn;
      throw lambdaError('ResourceNotFoundException', `Function not found: ${arnOf(nameOrArn)}`);
    },
    deploy(fn) {
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
    },
    async stop() {
      await Promise.all([...functions.values()].map(({ workers }) => workers.stop()));
    },
  };
}
