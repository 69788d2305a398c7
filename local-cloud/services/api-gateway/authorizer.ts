import * as z from 'zod';
import type { LocalContext } from '#local-cloud/cloud/local-context.ts';
import { InjectedFault } from '#local-cloud/faults/injected-fault.ts';
import { invokeOutput } from '#local-cloud/services/lambda/invoke-output.ts';
import type { RequestEvent } from './event.ts';

const authorizerProperties = z.object({
  ApiId: z.string(),
  AuthorizerType: z.literal('REQUEST'),
  AuthorizerUri: z.string(),
  AuthorizerPayloadFormatVersion: z.literal('2.0'),
  EnableSimpleResponses: z.literal(true),
  AuthorizerResultTtlInSeconds: z.coerce.number().default(0),
  IdentitySource: z.array(z.string()).default([]),
});

/** Properties of AWS::ApiGatewayV2::Authorizer that are honoured. */
export const authorizerPropertyPaths = [...Object.keys(authorizerProperties.shape), 'Name'] as const;

/** `denied` is 403, `unidentified` 401, `failed` 500. */
export type Verdict =
  | { readonly kind: 'allowed'; readonly context: Readonly<Record<string, unknown>> }
  | { readonly kind: 'denied' | 'unidentified' | 'failed' };

/** Asks a Lambda authorizer about a request. */
export type Authorize = (event: RequestEvent, routeArn: string) => Promise<Verdict>;

const simpleAnswer = z.object({
  isAuthorized: z.boolean(),
  context: z.record(z.string(), z.unknown()).nullish(),
});

/** A REQUEST authorizer with simple responses, and its cache by identity sources. */
export function createAuthorizer(context: LocalContext, properties: unknown, id: string): Authorize {
  const { ApiId, AuthorizerUri, AuthorizerResultTtlInSeconds, IdentitySource } = authorizerProperties.parse(properties);
  const FunctionName = functionArnOf(AuthorizerUri);
  const sourceArn = `arn:aws:execute-api:${context.region}:${context.account}:${ApiId}/authorizers/${id}`;
  const principal = context.servicePrincipal('apigateway.amazonaws.com', sourceArn);
  const cache = new Map<string, { verdict: Verdict; until: number }>();

  const ask = async (event: RequestEvent, routeArn: string, identitySource: readonly string[]): Promise<Verdict> => {
    const Payload = JSON.stringify({ type: 'REQUEST', routeArn, identitySource, ...event });
    const answered = await context.call(principal, 'lambda', 'Invoke', { FunctionName, Payload }).catch(failedByFault);
    if (answered === undefined) return { kind: 'failed' };
    const output = invokeOutput.parse(answered);
    if (output.FunctionError) return { kind: 'failed' };
    const answer = simpleAnswer.safeParse(JSON.parse(Buffer.from(output.Payload).toString('utf8')));
    if (!answer.success) return { kind: 'failed' };
    return answer.data.isAuthorized ? { kind: 'allowed', context: answer.data.context ?? {} } : { kind: 'denied' };
  };

  return async (event, routeArn) => {
    const identity = IdentitySource.map((source) => identityOf(event, source));
    if (identity.includes('')) return { kind: 'unidentified' };
    const key = JSON.stringify(identity);
    const known = AuthorizerResultTtlInSeconds > 0 ? cache.get(key) : undefined;
    if (known && known.until > context.clock.now()) return known.verdict;
    const verdict = await ask(event, routeArn, identity);
    if (AuthorizerResultTtlInSeconds > 0 && verdict.kind !== 'failed') {
      cache.set(key, { verdict, until: context.clock.now() + AuthorizerResultTtlInSeconds * 1000 });
    }
    return verdict;
  };
}

function failedByFault(error: unknown): undefined {
  if (!(error instanceof InjectedFault)) throw error;
}

/** The function's ARN, also when it is wrapped in an `…/functions/{arn}/invocations` path. */
export function functionArnOf(uri: string): string {
  return /functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;
}

function identityOf(event: RequestEvent, source: string): string {
  const [, , kind, name = ''] = /^(\$request)\.(header|querystring)\.(.+)$/.exec(source) ?? [];
  if (kind === 'header') return new Map(Object.entries(event.headers)).get(name.toLowerCase()) ?? '';
  if (kind === 'querystring') return event.queryStringParameters?.[name] ?? '';
  throw new Error(`the local cloud does not know the identity source ${source}`);
}
