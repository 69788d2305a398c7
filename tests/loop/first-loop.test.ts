import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud('--now', '2026-03-01T12:00:00Z');
});
afterAll(() => cloud.stop());

const track = (messageId: string, timestamp: string, properties: object = {}) => ({
  type: 'track',
  userId: 'ada',
  messageId,
  timestamp,
  event: 'Order Completed',
  properties: {
    order_id: `order-${messageId}`,
    revenue: 12.5,
    currency: 'EUR',
    products: [{ product_id: 'p1', category: 'books' }],
    ...properties,
  },
});

async function timeline(query: string) {
  const { body } = await cloud.call('GET', `/v1/customers/user_id:ada/timeline${query}`, { key: cloud.info.adminKey });
  return body as { interactions: { messageId: string; occurredAt: string }[]; nextCursor: string | null };
}

test('makes an interaction a live profile and an Athena row, and a repeat changes neither', async () => {
  const json = { batch: [track('m1', '2026-03-01T10:00:00.000Z'), track('m2', '2026-02-20T10:00:00.000Z')] };
  for (let delivery = 1; delivery <= 3; delivery++) {
    await cloud.call('POST', '/v1/batch', { json });
    await cloud.settle();
  }
  const { body } = await cloud.call('GET', '/v1/customers/user_id:ada', { key: cloud.info.adminKey });
  expect(body).toMatchObject({
    interactions: { total: 2 },
    purchases: [
      {
        currency: 'EUR',
        orders: 2,
        revenueMinor: 2500,
        firstAt: '2026-02-20T10:00:00.000Z',
        lastAt: '2026-03-01T10:00:00.000Z',
      },
    ],
    interests: { products: [{ id: 'p1' }], categories: [{ id: 'books' }] },
    touchpoints: [{ name: 'web', interactions: 2 }],
  });
  expect(await cloud.query('SELECT count(*) AS n FROM interactions')).toEqual([{ n: '6' }]);
  expect(await cloud.query('SELECT count(*) AS n, sum(revenue_minor) AS cents FROM v_interactions')).toEqual([
    { n: '2', cents: '2500' },
  ]);
});

test('counts an order once when two messages on different days carry it', async () => {
  const json = { batch: [track('m3', '2026-02-10T10:00:00.000Z', { order_id: 'order-m2' })] };
  await cloud.call('POST', '/v1/batch', { json });
  await cloud.settle();
  const { body } = await cloud.call('GET', '/v1/customers/user_id:ada', { key: cloud.info.adminKey });
  expect(body).toMatchObject({ interactions: { total: 3 }, purchases: [{ orders: 2, revenueMinor: 2500 }] });
});

test('pages the timeline newest first, from the table and past 35 days from the lake', async () => {
  const first = await timeline('?limit=2');
  expect(first.interactions.map(({ messageId }) => messageId)).toEqual(['m1', 'm2']);
  await cloud.advance('P40D');
  const old = await timeline('?limit=2');
  expect(old.interactions.map(({ messageId }) => messageId)).toEqual(['m1', 'm2']);
  const last = await timeline(`?limit=2&cursor=${old.nextCursor}`);
  expect(last).toMatchObject({ interactions: [{ messageId: 'm3' }], nextCursor: null });
});

test('answers the settings that the browser SDK loads, and 404 for a key that is none', async () => {
  const { status, body } = await cloud.call('GET', `/v1/projects/${cloud.info.writeKey}/settings`, { key: null });
  expect([status, body]).toMatchObject([200, { integrations: { 'Segment.io': { apiKey: cloud.info.writeKey } } }]);
  expect((await cloud.call('GET', '/v1/projects/none/settings', { key: null })).status).toBe(404);
});
