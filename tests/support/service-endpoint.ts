import { createEndpoint } from '#local-cloud/cloud/endpoint.ts';
import { openPort } from '#local-cloud/cloud/open-port.ts';
import { type CloudContext, type Service, ServiceError } from '#local-cloud/cloud/service.ts';
import { Invocations } from '#local-cloud/faults/invocations.ts';

/** Services behind the cloud's own endpoint without permissions: what an SDK client needs to reach them. */
export interface ServiceEndpoint extends AsyncDisposable {
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly maxAttempts: number;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
}

/** Starts an endpoint on a free port. */
export async function startServiceEndpoint(
  context: CloudContext,
  services: readonly Service[],
): Promise<ServiceEndpoint> {
  const byName = new Map(services.map((service) => [service.name, service]));
  const port = await openPort(0, 60_000);
  const answer = createEndpoint({
    clock: context.clock,
    invocations: new Invocations(),
    principalOf: () => ({ kind: 'root' }),
    isOpen: () => true,
    gateway: {
      services: byName,
      call: async (principal, service, operation, input) => {
        const found = byName.get(service)?.operations[operation];
        if (!found) throw new ServiceError('UnknownOperationException', `${service}:${operation}`);
        found.permissions(input);
        return found.run(input, { principal, service, operation, input });
      },
    },
  });
  port.answerWith(answer);
  return {
    client: {
      endpoint: port.url,
      region: context.region,
      maxAttempts: 1,
      credentials: { accessKeyId: 'TEST', secretAccessKey: 'TEST' },
    },
    async [Symbol.asyncDispose]() {
      port.close();
    },
  };
}
