import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gather } from '#shared/gather.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';
import { fuzzedRequest } from '#support/fuzzed-requests.ts';

/** `FUZZED_REQUESTS=20000 npx vitest run tests/loop/fuzz` runs the long form. */
const requests = Number(process.env.FUZZED_REQUESTS ?? 2000);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_122);

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.stop());

interface EventResult {
  readonly messageId: string | null;
  readonly status: 'accepted' | 'rejected';
  readonly reason?: string;
}

test(`${requests} fuzzed requests give no 5xx and no silent drop, and each refusal its reason`, async () => {
  const results: EventResult[] = [];
  const unexplained: unknown[] = [];
  await gather(fc.sample(fuzzedRequest, { numRuns: requests, seed }), 6, async ({ path, body, headers }) => {
    const answer = await cloud.call('POST', path, { body, headers });
    const said = answer.body as { results?: EventResult[]; error?: { code?: string } };
    if (answer.status === 200 && said.results) results.push(...said.results);
    else if (answer.status >= 500 || said.error?.code === undefined)
      unexplained.push({ path, body: Buffer.from(body).toString('base64'), answer });
  });
  expect(unexplained).toEqual([]);
  const rejected = results.filter(({ status }) => status === 'rejected');
  const accepted = new Set(results.flatMap(({ status, messageId }) => (status === 'accepted' ? [messageId] : [])));
  expect(rejected.filter(({ reason }) => reason === undefined)).toEqual([]);
  expect(accepted.size).toBeGreaterThan(requests / 10);

  await cloud.settle();
  const landed = await cloud.query('SELECT message_id FROM v_interactions');
  const refused = await cloud.query('SELECT count(DISTINCT rejection_id) AS n FROM rejected_interactions');
  expect(new Set(landed.map(({ message_id }) => message_id))).toEqual(accepted);
  expect(refused).toEqual([{ n: String(rejected.length) }]);
  console.log(`${requests} requests: ${accepted.size} messages accepted, ${rejected.length} events refused, none lost`);
}, 1_800_000);
