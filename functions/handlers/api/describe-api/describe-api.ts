import { openApi } from '#contracts/api/open-api.ts';
import type { HttpFunction } from '#runtime/http/answer-or-retry.ts';
import { answer } from '#runtime/http/http.ts';

/** Answers the OpenAPI 3.1 description of the whole API. */
export function describeApi(): HttpFunction {
  const description = answer(200, openApi(), { 'cache-control': 'public, max-age=300' });
  return async () => description;
}
