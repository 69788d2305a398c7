import { type Call, ServiceError } from '#local-cloud/cloud/service.ts';
import type { Principal } from '#local-cloud/iam/principal.ts';
import { accessLogBytes, type LoggedRequest } from './access-log.ts';
import { emptyNotes, withNotes } from './call-notes.ts';
import { systemLogBytes } from './function-log.ts';
import { type InvocationTiming, invocationUsage } from './invocation-usage.ts';
import { type BilledUnit, type BillingRule, chunksOf, type Usage } from './usage.ts';

/** One count of the meter: calls, and what they are billed by. */
export interface MeteredUsage {
  readonly service: string;
  readonly operation: string;
  /** The function in whose role the call was made, another role, an AWS service, or `outside`. */
  readonly caller: string;
  readonly unit: BilledUnit;
  readonly calls: number;
  readonly amount: number;
}

/** All counts since the last reset. */
export interface MeterReading {
  readonly usage: readonly MeteredUsage[];
  /** Custom metrics seen, each a month's price. */
  readonly customMetrics: readonly string[];
}

/** What the meter must know of a function. */
export interface MeteredFunction {
  /** Its folder's name: `update-profile`. */
  readonly label: string;
  readonly memoryMb: number;
  readonly isTraced: boolean;
  /** Whether Lambda writes its own lines about each invocation into the log. */
  readonly logsInvocations: boolean;
}

/** Counts what AWS would bill, per service, operation and caller. */
export interface Meter {
  /** Runs a call and counts it when it has ended, also when it failed as AWS bills failures. */
  measure<Output>(call: Call, run: () => Promise<Output>): Promise<Output>;
  /** Makes calls in a role count as those of its function. */
  nameRole(roleArn: string, label: string): void;
  invoked(fn: MeteredFunction, timing: InvocationTiming): void;
  logged(fn: MeteredFunction, bytes: number, metrics: readonly string[]): void;
  /** A step of a state machine, or one that is tried again. */
  transitioned(machine: string): void;
  /** A request that the HTTP API answered; with a format it also writes an access log. */
  answered(request: LoggedRequest & { readonly requestBytes: number }, accessLogFormat: string | undefined): void;
  read(): MeterReading;
  reset(): void;
}

// HTTP APIs are metered in steps of 512 KB: API Gateway pricing page.
const httpStepBytes = 512 * 1024;

/** A meter at zero; services say themselves what their calls are billed by. */
export function createMeter(ruleOf: (service: string) => BillingRule | undefined): Meter {
  const counts = new Map<string, MeteredUsage>();
  const metricNames = new Set<string>();
  const labels = new Map<string, string>();

  const add = (service: string, operation: string, caller: string, usage: readonly Usage[]): void => {
    for (const { unit, amount } of usage) {
      if (amount <= 0) continue;
      const key = JSON.stringify([service, operation, caller, unit]);
      const { calls, amount: before } = counts.get(key) ?? { calls: 0, amount: 0 };
      counts.set(key, { service, operation, caller, unit, calls: calls + 1, amount: before + amount });
    }
  };
  const callerOf = (principal: Principal): string => {
    switch (principal.kind) {
      case 'root':
        return 'outside';
      case 'service':
        return principal.service;
      case 'role':
        return labels.get(principal.roleArn) ?? principal.roleArn.split('/').at(-1) ?? principal.roleArn;
    }
  };

  return {
    async measure({ principal, service, operation, input }, run) {
      const notes = emptyNotes();
      const count = (outcome: { readonly output?: unknown; readonly failure?: string }) =>
        add(
          service,
          operation,
          callerOf(principal),
          ruleOf(service)?.({ operation, input, notes, output: undefined, ...outcome }) ?? [],
        );
      const output = await withNotes(notes, run).catch((error: unknown) => {
        count({ failure: error instanceof ServiceError ? error.code : 'InternalFailure' });
        throw error;
      });
      count({ output });
      return output;
    },
    nameRole: (roleArn, label) => labels.set(roleArn, label),
    invoked({ label, memoryMb, isTraced, logsInvocations }, timing) {
      add('lambda', 'Invoke', label, invocationUsage(memoryMb, timing));
      if (isTraced) add('xray', 'Invoke', label, [{ unit: 'traced-invocations', amount: 1 }]);
      if (logsInvocations)
        add('logs', 'SystemLog', label, [{ unit: 'ingested-bytes', amount: systemLogBytes(isTraced) }]);
    },
    logged({ label }, bytes, metrics) {
      const operation = metrics.length > 0 ? 'MetricLog' : 'FunctionLog';
      add('logs', operation, label, [{ unit: 'ingested-bytes', amount: bytes }]);
      for (const name of metrics) metricNames.add(name);
    },
    transitioned: (machine) => add('states', 'StateTransition', machine, [{ unit: 'state-transitions', amount: 1 }]),
    answered({ requestBytes, ...request }, accessLogFormat) {
      const steps = chunksOf(Math.max(requestBytes, request.responseBytes), httpStepBytes);
      add('apigateway', request.route, 'outside', [{ unit: 'requests', amount: steps }]);
      if (accessLogFormat !== undefined)
        add('logs', 'AccessLog', 'apigateway', [
          { unit: 'ingested-bytes', amount: accessLogBytes(accessLogFormat, request) },
        ]);
    },
    read: () => ({
      usage: [...counts.values()].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)),
      customMetrics: [...metricNames].sort(),
    }),
    reset() {
      counts.clear();
      metricNames.clear();
    },
  };
}

const orderOf = ({ service, operation, caller, unit }: MeteredUsage) => `${service} ${operation} ${caller} ${unit}`;
