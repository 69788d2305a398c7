import { answerOrRetry, type HttpFunction } from '#runtime/http/answer-or-retry.ts';

/** A function as the API has it: with what stands around each of them. */
export function behindApi(name: string, answer: HttpFunction): HttpFunction {
  return answerOrRetry(name, answer);
}
