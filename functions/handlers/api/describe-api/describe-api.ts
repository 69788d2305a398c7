import { openApi } from '#contracts/api/open-api.ts';
import type { HttpFunction } from '#runtime/http/answer-or-retry.ts';
import { answer, refuse } from '#runtime/http/http.ts';

/** Answers the OpenAPI 3.1 description of the whole API, and refuses what it does not describe: no other route takes that. */
export function describeApi(): HttpFunction {
  const description = answer(200, openApi(), { 'cache-control': 'public, max-age=300' });
  const unknown = refuse(404, 'unknown_endpoint', 'No route of the API takes this: GET /v1/openapi.json has them all.');
  return async ({ rawPath }) => (rawPath === '/v1/openapi.json' ? description : unknown);
}
