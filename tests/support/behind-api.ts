import { expect } from 'vitest';
import { answerOrRetry, type HttpFunction } from '#runtime/http/answer-or-retry.ts';
import { anyRouteOf, routeOf, undocumented } from './undocumented.ts';

/** A function as the API has it: with what stands around each of them, and with no answer that the OpenAPI document does not describe. */
export function behindApi(name: string, answer: HttpFunction): HttpFunction {
  const whole = answerOrRetry(name, answer);
  return async (request) => {
    const answered = await whole(request);
    const { method } = request.requestContext.http;
    const route = routeOf(method, request.rawPath, name) ?? anyRouteOf(method, name);
    if (route === undefined) return answered;
    const { statusCode: status, headers, body: text } = answered;
    expect(undocumented(route, { status, headers, text })).toBeUndefined();
    return answered;
  };
}
