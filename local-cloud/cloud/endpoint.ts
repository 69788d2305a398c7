import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import * as z from 'zod';
import { ConnectionLost } from '#local-cloud/faults/injected-fault.ts';
import type { Invocations } from '#local-cloud/faults/invocations.ts';
import type { Principal } from '#local-cloud/iam/principal.ts';
import { callBody } from './call-body.ts';
import { credentialOf } from './credential-of.ts';
import { foreignRequest } from './foreign-request.ts';
import type { Gateway } from './gateway.ts';
import { jsonWire } from './json-wire.ts';
import { type Clock, ServiceError } from './service.ts';

/** What the AWS endpoint needs from the cloud. */
export interface EndpointParts {
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly invocations: Invocations;
  principalOf(accessKeyId: string): Principal | undefined;
  /** Whether callers from outside are answered; functions always are. */
  isOpen(): boolean;
}

const jsonObject = z.record(z.string(), z.unknown());

/** Answers AWS SDKs: a call goes to the service that it is signed for (REST) or that its `X-Amz-Target` names (JSON). */
export function createEndpoint({ gateway, clock, invocations, principalOf, isOpen }: EndpointParts): RequestListener {
  const answerCall = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (invocations.hasCrashed(request.headers['x-amzn-trace-id'])) throw new ConnectionLost();
    const foreign = foreignRequest(request);
    if (foreign !== undefined) throw new ServiceError('AccessDeniedException', foreign, 403);
    const { accessKeyId, scope } = credentialOf(request);
    const principal = principalOf(accessKeyId);
    if (!principal) {
      throw new ServiceError('UnrecognizedClientException', 'The security token included in the request is invalid.');
    }
    const wire = gateway.services.get(scope)?.wire;
    const rest = wire?.protocol === 'rest' ? wire : undefined;
    if (principal.kind === 'root' && !isOpen()) {
      response.setHeader('retry-after', '1');
      const shut = new ServiceError('ServiceUnavailable', 'The local cloud is starting or stopping', 503);
      (rest ?? jsonWire).refuse(response, shut);
      return;
    }
    if (rest) await rest.answer(request, response, principal);
    else await answerJson(request, response, principal, scope);
  };

  const answerJson = async (
    request: IncomingMessage,
    response: ServerResponse,
    principal: Principal,
    scope: string,
  ): Promise<void> => {
    const target = request.headers['x-amz-target'];
    const body = await callBody(request);
    if (typeof target !== 'string') throw new ServiceError('MissingAction', `no X-Amz-Target in a request to ${scope}`);
    const [prefix = '', operation = ''] = target.split('.');
    const service = [...gateway.services.values()].find(
      ({ wire }) => wire?.protocol === 'json' && wire.target === prefix,
    );
    if (!service) throw new ServiceError('UnknownOperationException', `the local cloud does not know ${target}`);
    const input = jsonObject.parse(body.length === 0 ? {} : JSON.parse(body.toString('utf8')));
    const invocation = invocations.byTrace(request.headers['x-amzn-trace-id']);
    jsonWire.write(response, (await gateway.call(principal, service.name, operation, input, invocation)) ?? {});
  };

  return (request, response) => {
    response.setHeader('date', new Date(clock.now()).toUTCString());
    response.setHeader('x-amzn-requestid', crypto.randomUUID());
    answerCall(request, response).catch((error: unknown) => {
      if (error instanceof ConnectionLost) request.socket.destroy();
      else if (!response.headersSent) jsonWire.refuse(response, error);
      else response.destroy();
    });
  };
}
