import { setTimeout as sleep } from 'node:timers/promises';

const attempts = 6;
const firstPauseMs = 500;

/**
 * Posts JSON and gives what is answered. 429 and 5xx mean *send it again*, as a busy machine says too: then it does, some times. Throws
 * an Error with the answer when that is a refusal.
 */
export async function postJson(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    if (response.ok) return response.json();
    const isRefusal = response.status < 500 && response.status !== 429;
    if (isRefusal || attempt === attempts)
      throw new Error(`POST ${url} answered ${response.status}: ${await response.text()}`);
    await response.body?.cancel();
    await sleep(firstPauseMs * 2 ** attempt);
  }
}
