import { type Caller, callerOf } from '#domain/credential/access.ts';
import { keyOfRequest } from '#domain/credential/key-of-request.ts';
import type { Credentials } from '#ports/credentials.ts';

/** Who calls, by the key in a request's headers. */
export async function callerByKey(
  headers: Readonly<Record<string, string>>,
  credentials: Credentials,
): Promise<Caller> {
  const key = keyOfRequest(headers);
  return key === undefined ? { credential: 'absent' } : callerOf(await credentials.find(key));
}
