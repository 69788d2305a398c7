import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunAnswer, RunContactsAnswer } from '#contracts/api/campaign-run-answers.ts';
import { keyOfItem } from '#domain/catalogue/catalogue.ts';
import { saved } from '#support/builders/catalogue-items.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';

/** Customers: of fifty, those with an even number bought something. */
const people = Array.from({ length: 50 }, (_, index) => `u${index}`);

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud('--now', '2026-03-02T12:00:00Z');
  for (const item of [
    saved('placements', { limit: 1 }),
    saved('offer-groups'),
    saved('offers'),
    saved('treatments'),
    saved('budgets'),
    saved('campaigns', {
      state: 'live',
      approvedBy: 'Ada',
      capacity: [{ channel: 'web', most: 20 }],
      holdoutShare: 0.1,
    }),
    saved('campaigns', { campaignId: 'draft' }),
  ]) {
    const { status, body } = await ask('PUT', keyOfItem(item), item.item, { 'if-none-match': '*' });
    expect([status, body]).toEqual([201, expect.anything()]);
  }
  const events = people.flatMap((userId, index) => [
    { type: 'identify', userId, traits: { plan: 'basic' }, timestamp: '2026-03-01T10:00:00Z' },
    ...(index % 2 === 0
      ? [
          {
            type: 'track',
            userId,
            event: 'Order Completed',
            properties: { order_id: `o-${userId}`, revenue: 10, currency: 'EUR' },
            timestamp: '2026-03-01T11:00:00Z',
          },
        ]
      : []),
  ]);
  const { status } = await cloud.call('POST', '/v1/batch', { json: { batch: events } });
  expect(status).toBe(200);
  await cloud.settle();
});
afterAll(() => cloud.stop());

function ask(method: string, path: string, json?: object, headers: Record<string, string> = {}) {
  return cloud.call(method, `/v1/${path}`, {
    key: cloud.info.adminKey,
    headers,
    ...(json === undefined ? {} : { json }),
  });
}

async function begin(json: object): Promise<RunAnswer> {
  const { status, body } = await ask('POST', 'campaigns/spring/runs', json);
  expect(status).toBe(202);
  return body as RunAnswer;
}

/** Asks for the run until it is as it should be. */
async function until(runId: string, isSo: (run: RunAnswer) => boolean): Promise<RunAnswer> {
  for (;;) {
    const { body } = await ask('GET', `campaigns/spring/runs/${runId}`);
    const run = body as RunAnswer;
    if (isSo(run)) return run;
    if (run.state === 'failed') throw new Error(`The run failed: ${JSON.stringify(run)}`);
    await sleep(200);
  }
}

function expectWhole({ accounts }: RunAnswer) {
  const { audience, contacted, heldOut, excluded, excludedBy, failed, expired, pending } = accounts;
  expect(contacted + heldOut + excluded + failed + expired + pending).toBe(audience);
  expect(Object.values(excludedBy).reduce((sum, count) => sum + count, 0)).toBe(excluded);
}

test('a dry run tells who would get what, and a run does it', async () => {
  const dry = await until((await begin({ dryRun: true })).runId, ({ state }) => state === 'finished');
  expectWhole(dry);
  expect(dry).toMatchObject({ dryRun: true, accounts: { audience: 25, pending: 0, failed: 0 } });
  expect(dry.accounts.contacted).toBe(Math.min(20, 25 - dry.accounts.heldOut));

  const { runId } = await begin({});
  const run = await until(runId, ({ state }) => state === 'sending');
  expectWhole(run);
  const { contacted, pending, ...others } = run.accounts;
  expect({ ...others, contacted: contacted + pending, pending: 0 }).toEqual(dry.accounts);
  const { body } = await ask('GET', `campaigns/spring/runs/${runId}/contacts`);
  const { contacts } = body as RunContactsAnswer;
  expect(contacts.filter(({ treatmentId }) => treatmentId === 'tv-hero')).toHaveLength(contacted + pending);
});

test('the lake has the same accounts', async () => {
  await cloud.settle();
  const [dry, run, ...others] = await cloud.query('SELECT * FROM v_campaign_runs ORDER BY is_dry_run DESC');
  expect(others).toEqual([]);
  const { body } = await ask('GET', `campaigns/spring/runs/${run?.run_id}`);
  const { accounts } = body as RunAnswer;
  const { audience, contacted, heldOut, excluded, failed, expired, pending } = accounts;
  const inLake = Object.entries({ audience, contacted, held_out: heldOut, excluded, failed, expired, pending });
  expect(run).toMatchObject(Object.fromEntries(inLake.map(([name, count]) => [name, String(count)])));
  expect(dry).toMatchObject({ audience: String(audience), contacted: String(contacted + pending), state: 'finished' });
});

test('what there is not, and what is not live, is refused', async () => {
  expect(await ask('POST', 'campaigns/none/runs', {})).toMatchObject({ status: 404 });
  expect(await ask('POST', 'campaigns/draft/runs', {})).toMatchObject({ status: 409 });
  expect(await ask('GET', 'campaigns/spring/runs/none')).toMatchObject({ status: 404 });
  expect(await ask('POST', 'campaigns/spring/runs', { dry: true })).toMatchObject({ status: 400 });
});
