import fc from 'fast-check';
import { gather } from '#runtime/gather.ts';
import type { TestCloud } from './cloud.ts';
import { fuzzedRequest } from './fuzzed-requests.ts';

interface EventResult {
  /** Null for a refused event that brought none; made at the door for an accepted one. */
  readonly messageId: string | null;
  readonly status: 'accepted' | 'rejected';
  readonly reason?: string;
}

/** What a cloud said to hostile requests. */
export interface FuzzedAnswers {
  /** Message ids of what was accepted. */
  readonly accepted: ReadonlySet<string | null>;
  readonly rejected: readonly EventResult[];
  /** Answers that are neither results nor a refusal with a code below 500. */
  readonly unexplained: readonly unknown[];
}

/** Sends fuzzed requests of a seed, six at a time, and waits until all is settled. Equal seeds, equal requests. */
export async function sendFuzzed(cloud: TestCloud, requests: number, seed: number): Promise<FuzzedAnswers> {
  const results: EventResult[] = [];
  const unexplained: unknown[] = [];
  await gather(fc.sample(fuzzedRequest, { numRuns: requests, seed }), 6, async ({ path, body, headers }) => {
    const answer = await cloud.call('POST', path, { body, headers });
    const said = answer.body as { results?: EventResult[]; error?: { code?: string } };
    if (answer.status === 200 && said.results) results.push(...said.results);
    else if (answer.status >= 500 || said.error?.code === undefined)
      unexplained.push({ path, body: Buffer.from(body).toString('base64'), answer });
  });
  await cloud.settle();
  return {
    accepted: new Set(results.flatMap(({ status, messageId }) => (status === 'accepted' ? [messageId] : []))),
    rejected: results.filter(({ status }) => status === 'rejected'),
    unexplained,
  };
}
