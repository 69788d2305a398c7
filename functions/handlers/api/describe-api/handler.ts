import * as z from 'zod';
import { openApi } from '#contracts/api/open-api.ts';
import { answer } from '#runtime/http/http.ts';
import { withRuntime } from '#runtime/lambda.ts';

const AnyRequest = z.object({});

/** Answers the OpenAPI 3.1 description of the whole API. */
export function makeHandler() {
  const description = answer(200, openApi(), { 'cache-control': 'public, max-age=300' });
  return async () => description;
}

export const handler = withRuntime('describe-api', AnyRequest, makeHandler);
