import { RetryableError } from '#runtime/errors.ts';
import { logger } from '#runtime/lambda.ts';
import { type HttpAnswer, type HttpRequest, refuse } from './http.ts';
import { notDone } from './not-done.ts';

/** What a function behind the HTTP API does with a request. */
export type HttpFunction = (request: HttpRequest) => Promise<HttpAnswer>;

/** The function with the one answer to every fault that passes: 503, and when to come again. Other faults stay faults. */
export function answerOrRetry(name: string, answer: HttpFunction): HttpFunction {
  return async (request) => {
    try {
      return await answer(request);
    } catch (error) {
      if (!(error instanceof RetryableError)) throw error;
      const { logged, message, code = error.code } = notDone(name);
      logger.error(logged, { code, error });
      return refuse(503, code, message, { 'retry-after': '1' });
    }
  };
}
