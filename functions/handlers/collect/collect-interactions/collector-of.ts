import { callerOf, checkAccess } from '#domain/credential/access.ts';
import type { Credentials } from '#ports/credentials.ts';

/** Whether a key may collect, and whose it is; without a key nobody may. */
export async function collectorOf(key: string | undefined, credentials: Credentials) {
  const caller = key === undefined ? ({ credential: 'absent' } as const) : callerOf(await credentials.find(key));
  return checkAccess(caller, 'collect');
}
