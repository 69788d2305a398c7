import type { Iam } from '#infra/local/iam/iam.ts';
import type { Principal } from '#infra/local/iam/principal.ts';
import { type Service, ServiceError } from '#infra/local/service.ts';

/** The one place that every AWS call passes, over the wire or in process: known, authorised, run. */
export interface Gateway {
  readonly services: ReadonlyMap<string, Service>;
  call(
    principal: Principal,
    service: string,
    operation: string,
    input: Readonly<Record<string, unknown>>,
  ): Promise<unknown>;
}

/** A gateway before the services given. */
export function createGateway(iam: Iam): Gateway & { add(service: Service): void } {
  const services = new Map<string, Service>();
  return {
    services,
    add: (service) => {
      services.set(service.name, service);
    },
    async call(principal, serviceName, operationName, input) {
      const operation = services.get(serviceName)?.operations[operationName];
      if (!operation) {
        throw new ServiceError(
          'UnknownOperationException',
          `the local cloud does not know ${serviceName}:${operationName}`,
        );
      }
      iam.authorise(principal, operation.permissions(input));
      return await operation.run(input, { principal, service: serviceName, operation: operationName, input });
    },
  };
}
