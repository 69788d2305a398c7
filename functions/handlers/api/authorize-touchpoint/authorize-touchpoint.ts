import * as z from 'zod';
import type { Caller } from '#domain/credential/access.ts';
import type { Credentials } from '#ports/credentials.ts';
import { callerByKey } from '#runtime/http/caller-by-key.ts';
import { withoutNulls } from '#runtime/http/without-nulls.ts';

export const AuthorizerRequest = z.preprocess(
  withoutNulls,
  z.object({ headers: z.record(z.string(), z.string()).default({}) }),
);

/** API Gateway's simple authorizer answer. It always lets the call through: the function behind it gives the named refusal. */
interface AuthorizerAnswer {
  readonly isAuthorized: true;
  readonly context: Caller;
}

/** Finds out which touchpoint calls and what it may do. */
export function authorizeTouchpoint(deps: { credentials: Credentials }) {
  return async (request: z.output<typeof AuthorizerRequest>): Promise<AuthorizerAnswer> => {
    return { isAuthorized: true, context: await callerByKey(request.headers, deps.credentials) };
  };
}
