import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import openapiTS, { astToString } from 'openapi-typescript';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { loadCatalogue } from '#scripts/world/load-catalogue.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';
import { compiledClient } from '#support/compiled-client.ts';

// Within the repository, so that its imports are found.
const folder = mkdtempSync('node_modules/.openapi-');
let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
  await loadCatalogue(cloud.info);
  // A function's first answer takes as long as a busy machine lets it, and the gateway gives up before.
  const decisionId = '019cad2f-0000-7000-8000-0000000000ff';
  await answered('/v1/decisions', { customer: 'user_id:warm', placements: ['web/home-hero'], preview: true });
  await answered('/v1/dispositions', { decisionId, treatmentId: 'tv-hero', disposition: 'clicked' });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await cloud?.stop();
});

const [, readme = ''] = /```ts\n([^`]*openapi-fetch[^`]*)```/.exec(readFileSync('README.md', 'utf8')) ?? [];
const asksAt = readme.indexOf('const { data');

const answered = (path: string, json: object) =>
  vi.waitFor(
    async () => {
      const { status } = await cloud.call('POST', path, { key: cloud.info.adminKey, json });
      expect(status).toBe(200);
    },
    { timeout: 120_000, interval: 100 },
  );

/** The client of the README, which asks what to show; it sends before, and tells and reads after it. */
const client = `${readme.slice(0, asksAt).replace("'https://your-api'", "process.env.URL ?? ''")}
const order = { order_id: 'o1', revenue: 9.99, currency: 'EUR' };
const sent = await api.POST('/v1/track', { body: { userId: 'u1', event: 'Order Completed', properties: order } });
await fetch(process.env.URL + '/_local/settle', { method: 'POST' });
${readme.slice(asksAt)}
const { decisionId = '', treatments = [] } = data ?? {};
const treatmentId = treatments[0]?.treatmentId ?? '';
const told = await api.POST('/v1/dispositions', { body: { decisionId, treatmentId, disposition: 'clicked' } });
const read = await api.GET('/v1/customers/{identifier}', { params: { path: { identifier: 'user_id:u1' } } });
const nobody = await api.GET('/v1/customers/{identifier}', { params: { path: { identifier: 'user_id:nobody' } } });
console.log(
  JSON.stringify({
    sent: sent.response.status,
    error,
    treatmentId,
    told: told.response.status,
    orders: read.data?.purchases[0]?.orders,
    nobody: nobody.error,
  }),
);
`;

test('the README’s client, made from a running cloud’s document and compiled, sends, decides, tells and reads', async () => {
  const document = await (await fetch(`${cloud.info.url}/v1/openapi.json`)).text();
  writeFileSync(join(folder, 'lemniscate.ts'), astToString(await openapiTS(document)));
  const { faults, program } = compiledClient(folder, client);
  expect(faults).toEqual([]);

  const env = { ...process.env, URL: cloud.info.url, KEY: cloud.info.adminKey };
  const { stdout } = await promisify(execFile)(process.execPath, [program], { env });
  expect(JSON.parse(stdout)).toMatchObject({
    sent: 200,
    treatmentId: expect.stringMatching(/^\w+-hero$/),
    told: 200,
    orders: 1,
    nobody: { error: { code: 'unknown_customer' } },
  });
});
