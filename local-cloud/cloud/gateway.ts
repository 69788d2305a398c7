import { setImmediate } from 'node:timers/promises';
import type { Run } from '#local-cloud/faults/faultable-call.ts';
import type { Faults } from '#local-cloud/faults/faults.ts';
import { ConnectionLost } from '#local-cloud/faults/injected-fault.ts';
import type { RunningInvocation } from '#local-cloud/faults/invocations.ts';
import type { Iam } from '#local-cloud/iam/iam.ts';
import type { Principal } from '#local-cloud/iam/principal.ts';
import type { Meter } from '#local-cloud/metering/meter.ts';
import { type Service, ServiceError } from './service.ts';

/** The one place that every AWS call passes, over the wire or in process: known, authorised, hit by a fault or run and metered. */
export interface Gateway {
  readonly services: ReadonlyMap<string, Service>;
  call(
    principal: Principal,
    service: string,
    operation: string,
    input: Readonly<Record<string, unknown>>,
    /** The function at work that makes the call, as far as it is known. */
    invocation?: RunningInvocation,
  ): Promise<unknown>;
}

/** A gateway until it closes: from then on it answers no call, as a cloud that is gone. */
interface OpenGateway extends Gateway {
  close(): void;
}

/** What stands at the gateway. */
interface GatewayParts extends Pick<Gateway, 'services'> {
  readonly iam: Iam;
  readonly faults: Faults;
  readonly meter: Meter;
  /** The function that a call is of, for faults. */
  functionOf(principal: Principal, input: Readonly<Record<string, unknown>>): string | undefined;
}

/** A gateway before the services given, to which others may still come. */
export function createGateway({ services, iam, faults, meter, functionOf }: GatewayParts): OpenGateway {
  let isOpen = true;
  return {
    services,
    close() {
      isOpen = false;
    },
    async call(principal, serviceName, operationName, input, invocation) {
      if (!isOpen) {
        // A poller that asks again at once must not keep the cloud from stopping it.
        await setImmediate();
        throw new ConnectionLost();
      }
      const operation = services.get(serviceName)?.operations[operationName];
      if (!operation) {
        throw new ServiceError(
          'UnknownOperationException',
          `the local cloud does not know ${serviceName}:${operationName}`,
        );
      }
      iam.authorise(principal, operation.permissions(input));
      const run: Run = (asked, shuffle) => {
        const call = { principal, service: serviceName, operation: operationName, input: asked };
        return meter.measure(call, () => operation.run(asked, { ...call, ...(shuffle ? { shuffle } : {}) }));
      };
      // The developer at the keyboard looks on while things go wrong.
      if (principal.kind === 'root') return await run(input);
      const functionName = invocation?.functionName ?? functionOf(principal, input);
      const number = invocation && ++invocation.calls;
      return await faults.around(
        { service: serviceName, operation: operationName, input, functionName, invocation, number },
        run,
      );
    },
  };
}
