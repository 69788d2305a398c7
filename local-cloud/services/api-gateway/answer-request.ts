import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalContext } from '#local-cloud/cloud/local-context.ts';
import { ServiceError } from '#local-cloud/cloud/service.ts';
import { InjectedFault } from '#local-cloud/faults/injected-fault.ts';
import { invokeOutput } from '#local-cloud/services/lambda/invoke-output.ts';
import { functionAnswer, type HttpAnswer } from './answer.ts';
import { apiErrors } from './errors.ts';
import { bodyFields, requestEvent } from './event.ts';
import type { HttpApi } from './http-api.ts';
import type { RouteMatch } from './route.ts';

// Limit of an HTTP API.
const integrationTimeoutMs = 30_000;

/** Authorises a matched request, hands it to its function and reads the answer. */
export async function answerRequest(
  context: LocalContext,
  api: HttpApi,
  match: RouteMatch,
  request: IncomingMessage,
  body: Buffer,
): Promise<HttpAnswer> {
  const { route } = match;
  const facts = { apiId: api.id, account: context.account, nowMs: context.clock.now(), requestId: crypto.randomUUID() };
  const event = requestEvent(request, match, facts);
  const apiArn = `arn:aws:execute-api:${context.region}:${context.account}:${api.id}`;
  const [method = '', path = ''] = route.key === '$default' ? ['$default', ''] : route.key.split(' ');
  const routeArn = `${apiArn}/$default/${method}${path}`;

  const authorize = route.authorizerId === undefined ? undefined : api.authorizers.get(route.authorizerId);
  const verdict = await authorize?.(event, routeArn);
  if (verdict && verdict.kind !== 'allowed') return apiErrors[verdict.kind];
  const authorizer = verdict ? { authorizer: { lambda: verdict.context } } : {};
  const Payload = JSON.stringify({
    ...event,
    requestContext: { ...event.requestContext, ...authorizer },
    ...bodyFields(body, event.headers),
  });

  const principal = context.servicePrincipal('apigateway.amazonaws.com', routeArn);
  const FunctionName = api.integrations.get(route.integrationId) ?? '';
  const timeout = new AbortController();
  try {
    const output = await Promise.race([
      context.call(principal, 'lambda', 'Invoke', { FunctionName, Payload }),
      sleep(integrationTimeoutMs, 'timeout' as const, { signal: timeout.signal }),
    ]);
    if (output === 'timeout') return apiErrors.late;
    const { FunctionError, Payload: result } = invokeOutput.parse(output);
    if (FunctionError) return apiErrors.failed;
    return functionAnswer(Buffer.from(result).toString('utf8'));
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.status === 413) return apiErrors.tooLong;
    if (!(error instanceof InjectedFault)) console.error(`${route.key}: ${error.message}`);
    return apiErrors.failed;
  } finally {
    timeout.abort();
  }
}
