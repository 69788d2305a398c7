import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudContext, Operation, ResourceContext, Service } from '#local-cloud/cloud/service.ts';

/** A cloud around one service: no permissions, a clock that stands still until it is moved. */
export interface ServiceContext extends CloudContext {
  readonly clock: { now(): number; nowMs: number };
}

/** Builds a context; a state directory that another context used continues its state. */
export function serviceContext(stateDirectory = mkdtempSync(join(tmpdir(), 'local-service-'))): ServiceContext {
  const clock = { nowMs: Date.parse('2026-01-01T00:00:00Z'), now: () => clock.nowMs };
  return {
    region: 'eu-central-1',
    account: '123456789012',
    stateDirectory,
    clock,
    activity: { track: (work) => work(), inFlight: 0 },
    call: () => Promise.reject(new Error('this context has no other services')),
    roleOf: (roleArn) => ({ kind: 'role', roleArn }),
    servicePrincipal: (service, sourceArn) => ({ kind: 'service', service, sourceArn }),
  };
}

/** What a resource provider is told about a resource named by its logical id. */
export function resourceContext(logicalId: string): ResourceContext {
  return {
    logicalId,
    stackName: 'Test',
    region: 'eu-central-1',
    account: '123456789012',
    assemblyDirectory: '.',
    physicalName: () => `Test-${logicalId}`,
  };
}

/** Runs one operation of a service as the developer at the keyboard. */
export function run(service: Service, operation: string, input: Readonly<Record<string, unknown>>): Promise<unknown> {
  const found: Operation | undefined = service.operations[operation];
  if (found === undefined) throw new Error(`${service.name} has no operation ${operation}`);
  return found.run(input, { principal: { kind: 'root' }, service: service.name, operation, input });
}
