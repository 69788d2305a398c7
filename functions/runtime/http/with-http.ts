import { withRuntime } from '#runtime/lambda.ts';
import { answerOrRetry, type HttpFunction } from './answer-or-retry.ts';
import { HttpRequest } from './http.ts';

/** Wires a handler to the HTTP API, as `withRuntime` does to Lambda: whatever it is, a fault that passes is answered 503. */
export function withHttp(name: string, makeHandler: () => HttpFunction) {
  return withRuntime(name, HttpRequest, () => answerOrRetry(name, makeHandler()));
}
