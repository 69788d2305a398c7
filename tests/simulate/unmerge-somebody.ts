import { setTimeout as sleep } from 'node:timers/promises';
import { basicAuth } from '#scripts/target/basic-auth.ts';
import type { Random } from '#scripts/world/random.ts';
import type { Message } from './stubborn-client.ts';

const attempts = 6;
// Twice what an HTTP API waits for its function.
const patienceMs = 60_000;

/** Asks to take a browser out of the customer that signed in there, as somebody does who saw a wrong merge. */
export async function unmergeSomebody(
  messages: readonly Message[],
  { url, adminKey }: { readonly url: string; readonly adminKey: string },
  random: Random,
): Promise<void> {
  const signedIn = messages.filter(({ userId, anonymousId }) => userId !== undefined && anonymousId !== undefined);
  if (signedIn.length === 0) return;
  const { userId, anonymousId } = random.pick(signedIn);
  const headers = { authorization: basicAuth(adminKey) };
  const body = JSON.stringify({ identifier: `anonymous_id:${anonymousId}` });
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const path = `${url}/v1/customers/${encodeURIComponent(`user_id:${userId}`)}/unmerge`;
    const answered = await fetch(path, { method: 'POST', headers, body, signal: AbortSignal.timeout(patienceMs) }).then(
      ({ status }) => status !== 429 && status < 500,
      () => false,
    );
    if (answered) return;
    await sleep(4 * 2 ** attempt);
  }
}
