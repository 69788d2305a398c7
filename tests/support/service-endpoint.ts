import { createEndpoint, type RestHandler } from '#local-cloud/cloud/endpoint.ts';
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
  handleS3: RestHandler = () => Promise.reject(new ServiceError('UnknownOperationException', 'there is no S3 here')),
): Promise<ServiceEndpoint> {
  const byName = new Map(services.map((service) => [service.name, service]));
  const server = createEndpoint({
    clock: context.clock,
    invocations: new Invocations(),
    principalOf: () => ({ kind: 'root' }),
    isOpen: () => true,
    s3: handleS3,
    functionUrls: { isFor: () => false, handle: () => Promise.reject(new Error('there are no functions here')) },
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
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    client: {
      endpoint: `http://127.0.0.1:${port}`,
      region: context.region,
      maxAttempts: 1,
      credentials: { accessKeyId: 'TEST', secretAccessKey: 'TEST' },
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
