import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import type { LocalContext } from '#local-cloud/cloud/local-context.ts';
import type { ResourceProvider } from '#local-cloud/cloud/service.ts';
import type { Principal } from '#local-cloud/iam/principal.ts';
import { functionAnswer, type HttpAnswer, plainAnswer } from '#local-cloud/services/api-gateway/answer.ts';
import { bodyFields, requestEvent } from '#local-cloud/services/api-gateway/event.ts';
import { invokeOutput } from './invoke-output.ts';

const urlProperties = z.object({
  TargetFunctionArn: z.string(),
  AuthType: z.literal('AWS_IAM'),
  InvokeMode: z.literal('BUFFERED').default('BUFFERED'),
});

/** URLs of functions: `{endpoint}/function-urls/{id}/` here, `https://{id}.lambda-url.{region}.on.aws/` on AWS. */
export interface FunctionUrls {
  /** Makes URLs of the template. */
  readonly provider: ResourceProvider;
  /** Whether a request goes to one of the URLs. */
  isFor(request: IncomingMessage): boolean;
  /** Hands a request to the function whose URL it asks, as far as the caller may. Throws {@link ServiceError}. */
  handle(request: IncomingMessage, response: ServerResponse, principal: Principal, body: Buffer): Promise<void>;
}

const prefix = '/function-urls/';

/** Lambda's function URLs for callers who sign: the event is that of an HTTP API, with who signed in place of an authorizer's words. */
export function createFunctionUrls(context: LocalContext): FunctionUrls {
  const functions = new Map<string, string>();

  async function answer(request: IncomingMessage, principal: Principal, body: Buffer): Promise<HttpAnswer> {
    const [id = '', ...path] = (request.url ?? '').slice(prefix.length).split('/');
    const FunctionName = functions.get(id);
    if (FunctionName === undefined) return plainAnswer(404, 'Not Found');
    request.url = `/${path.join('/')}`;
    const facts = { apiId: id, account: context.account, nowMs: context.clock.now(), requestId: crypto.randomUUID() };
    const event = requestEvent(request, { route: { key: '$default' }, pathParameters: {} }, facts);
    const userArn = principal.kind === 'role' ? principal.roleArn : `arn:aws:iam::${context.account}:root`;
    const Payload = JSON.stringify({
      ...event,
      requestContext: { ...event.requestContext, authorizer: { iam: { accountId: context.account, userArn } } },
      ...bodyFields(body, event.headers),
    });
    const output = await context.call(principal, 'lambda', 'InvokeFunctionUrl', { FunctionName, Payload });
    const { FunctionError, Payload: result } = invokeOutput.parse(output);
    return FunctionError
      ? plainAnswer(502, 'Internal Server Error')
      : functionAnswer(Buffer.from(result).toString('utf8'));
  }

  return {
    isFor: ({ url }) => url?.startsWith(prefix) === true,
    async handle(request, response, principal, given) {
      const { status, headers, body } = await answer(request, principal, given);
      response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
    },
    provider: {
      properties: ['AuthType', 'InvokeMode', 'TargetFunctionArn'],
      async create(properties, { physicalName }) {
        const { TargetFunctionArn } = urlProperties.parse(properties);
        const id = createHash('sha256').update(physicalName(128)).digest('hex').slice(0, 32);
        functions.set(id, TargetFunctionArn);
        return {
          ref: TargetFunctionArn,
          attributes: { FunctionArn: TargetFunctionArn, FunctionUrl: `${context.awsEndpoint}${prefix}${id}/` },
        };
      },
    },
  };
}
