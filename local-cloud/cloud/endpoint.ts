import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import * as z from 'zod';
import { ConnectionLost } from '#local-cloud/faults/injected-fault.ts';
import type { Invocations } from '#local-cloud/faults/invocations.ts';
import type { Principal } from '#local-cloud/iam/principal.ts';
import type { FunctionUrlService } from '#local-cloud/services/lambda/function-urls.ts';
import { invokeOutput } from '#local-cloud/services/lambda/invoke-output.ts';
import { writeRestError } from '#local-cloud/services/s3/rest-response.ts';
import { foreignRequest } from './foreign-request.ts';
import type { Gateway } from './gateway.ts';
import { endUnread, requestBody, requestTimeoutMs } from './request-body.ts';
import { type Clock, ServiceError } from './service.ts';

/** Answers S3's REST protocol for a known caller. */
export type RestHandler = (request: IncomingMessage, response: ServerResponse, principal: Principal) => Promise<void>;

/** What the AWS endpoint needs from the cloud. */
export interface EndpointParts {
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly invocations: Invocations;
  principalOf(accessKeyId: string): Principal | undefined;
  /** Whether callers from outside are answered; functions always are. */
  isOpen(): boolean;
  readonly s3: RestHandler;
  readonly functionUrls: Pick<FunctionUrlService, 'isFor' | 'handle'>;
}

/** The largest request that any of the JSON protocols takes: DynamoDB's BatchWriteItem. */
const maximumBodyBytes = 16 * 1024 * 1024;

const jsonObject = z.record(z.string(), z.unknown());

/** The HTTP server on which every AWS SDK finds this cloud: JSON protocols by X-Amz-Target, Lambda's and S3's REST. */
export function createEndpoint({
  gateway,
  clock,
  invocations,
  principalOf,
  isOpen,
  s3,
  functionUrls,
}: EndpointParts): Server {
  const answerCall = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (invocations.hasCrashed(request.headers['x-amzn-trace-id'])) throw new ConnectionLost();
    const foreign = foreignRequest(request);
    if (foreign !== undefined) throw new ServiceError('AccessDeniedException', foreign, 403);
    const { accessKeyId, scope } = credentialOf(request);
    const principal = principalOf(accessKeyId);
    if (!principal) {
      throw new ServiceError('UnrecognizedClientException', 'The security token included in the request is invalid.');
    }
    if (principal.kind === 'root' && !isOpen()) {
      response.setHeader('retry-after', '1');
      const shut = new ServiceError('ServiceUnavailable', 'The local cloud is starting or stopping', 503);
      if (scope !== 's3') throw shut;
      writeRestError(response, shut);
      return;
    }
    if (scope === 's3') {
      await s3(request, response, principal);
      return;
    }
    const target = request.headers['x-amz-target'];
    const body = await requestBody(request, maximumBodyBytes);
    if (body === undefined)
      throw new ServiceError('RequestEntityTooLargeException', `A request has at most ${maximumBodyBytes} bytes`, 413);
    if (scope === 'lambda') {
      if (functionUrls.isFor(request)) await functionUrls.handle(request, response, principal, body);
      else await invoke(request, response, principal, body);
      return;
    }
    if (typeof target !== 'string') throw new ServiceError('MissingAction', `no X-Amz-Target in a request to ${scope}`);
    const [prefix = '', operation = ''] = target.split('.');
    const service = [...gateway.services.values()].find((candidate) => candidate.target === prefix);
    if (!service) throw new ServiceError('UnknownOperationException', `the local cloud does not know ${target}`);
    const input = jsonObject.parse(body.length === 0 ? {} : JSON.parse(body.toString('utf8')));
    const invocation = invocations.byTrace(request.headers['x-amzn-trace-id']);
    const output = await gateway.call(principal, service.name, operation, input, invocation);
    writeJson(response, 200, output ?? {}, contentTypeOf(request));
  };

  /** POST /2015-03-31/functions/{name}/invocations */
  const invoke = async (request: IncomingMessage, response: ServerResponse, principal: Principal, body: Buffer) => {
    const match = /^\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(request.url ?? '');
    if (!match)
      throw new ServiceError('UnknownOperationException', `the local cloud does not know lambda ${request.url}`);
    const type = request.headers['x-amz-invocation-type'];
    const output = invokeOutput.parse(
      await gateway.call(principal, 'lambda', 'Invoke', {
        FunctionName: decodeURIComponent(match[1] ?? ''),
        ...(typeof type === 'string' ? { InvocationType: type } : {}),
        ...(body.length > 0 ? { Payload: body } : {}),
      }),
    );
    if (output.FunctionError) response.setHeader('x-amz-function-error', output.FunctionError);
    response.writeHead(output.StatusCode, { 'content-type': 'application/json' }).end(output.Payload);
  };

  const server = createServer({ requestTimeout: requestTimeoutMs }, (request, response) => {
    response.setHeader('date', new Date(clock.now()).toUTCString());
    response.setHeader('x-amzn-requestid', crypto.randomUUID());
    answerCall(request, response).catch((error: unknown) => {
      if (error instanceof ConnectionLost) request.socket.destroy();
      else if (!response.headersSent) writeError(response, error, contentTypeOf(request));
      else response.destroy();
    });
  });
  // SDKs keep connections open; a server that closes them first makes their next call fail.
  server.keepAliveTimeout = 3_600_000;
  return server;
}

/** Access key and service of a signed request, from the header or, when presigned, from the query. */
function credentialOf(request: IncomingMessage): { accessKeyId: string; scope: string } {
  const query = () => new URL(request.url ?? '/', 'http://local').searchParams.get('X-Amz-Credential');
  const credential = /Credential=([^,\s]+)/.exec(request.headers.authorization ?? '')?.[1] ?? query() ?? '';
  const [accessKeyId = '', , , scope = ''] = credential.split('/');
  if (scope === '') throw new ServiceError('MissingAuthenticationToken', 'Missing Authentication Token', 403);
  return { accessKeyId, scope };
}

function contentTypeOf(request: IncomingMessage): string {
  return request.headers['content-type'] ?? 'application/x-amz-json-1.0';
}

function writeJson(response: ServerResponse, status: number, value: unknown, contentType: string): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { 'content-type': contentType, 'content-length': body.length });
  endUnread(response, body);
}

function writeError(response: ServerResponse, error: unknown, contentType: string): void {
  if (error instanceof ServiceError) {
    response.setHeader('x-amzn-errortype', error.code);
    writeJson(response, error.status, { __type: error.code, message: error.message, ...error.details }, contentType);
    return;
  }
  const invalid = error instanceof z.ZodError || error instanceof SyntaxError;
  const code = invalid ? 'SerializationException' : 'InternalFailure';
  if (!invalid) console.error(error);
  response.setHeader('x-amzn-errortype', code);
  const message = error instanceof Error ? error.message : String(error);
  writeJson(response, invalid ? 400 : 500, { __type: code, message }, contentType);
}
