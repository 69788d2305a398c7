import { afterAll, beforeAll, expect, test } from 'vitest';
import { differencesIn } from '#scripts/rebuild/differences.ts';
import { livePersonas } from '#scripts/rebuild/live-personas.ts';
import { localTarget } from '#scripts/target/target.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud('--now', '2026-06-15T12:00:00.000Z');
});
afterAll(() => cloud.stop());

const send = async (path: string, event: object, key = cloud.info.serverKey) => {
  const { status, body } = await cloud.call('POST', path, { json: event, key });
  expect(status).toBe(200);
  return body;
};
const order = (event: string, properties: object, over: object = {}) => ({
  event,
  properties: { currency: 'USD', ...properties },
  ...over,
});

/** Orders, revenue less refunds, and refunds, live and in Athena. */
async function moneyOf(userId: string): Promise<unknown> {
  await cloud.settle();
  const { body } = await cloud.call('GET', `/v1/customers/user_id:${userId}`, { key: cloud.info.adminKey });
  const { customerId, purchases } = Object(body);
  const [row] = await cloud.query(
    `SELECT element_at(orders_by_currency, 'USD') AS orders, element_at(gross_minor, 'USD') AS gross,
       element_at(refunded_minor, 'USD') AS refunded
     FROM v_customers WHERE customer_id = '${customerId}'`,
  );
  const inLake = ['orders', 'gross', 'refunded'].map((column) => Number(row?.[column]));
  const { orders, revenueMinor, refundedMinor } = purchases[0];
  expect(inLake).toEqual([orders, revenueMinor + refundedMinor, refundedMinor]);
  return [orders, revenueMinor, refundedMinor];
}

test('a refund of the total gives back the revenue, told by v1 names, as people write amounts', async () => {
  const userId = 'refunded';
  await send('/v1/track', order('Completed Order', { order_id: 'r-1', revenue: '$22.50', total: 27.5 }, { userId }));
  await send('/v1/track', order('order_refunded', { order_id: 'r-1', total: '27,50' }, { userId }));
  await send('/v1/track', order('Order Refunded', { order_id: 'r-1', total: 27.5 }, { userId }));
  expect(await moneyOf(userId)).toEqual([1, 0, 2250]);
});

test('an order told by browser and server counts once when the two are linked', async () => {
  const [userId, anonymousId] = ['buyer', 'browser'];
  await send('/v1/track', order('Order Completed', { order_id: 'x-1', revenue: 19.99 }, { anonymousId }));
  await send('/v1/track', order('Order Completed', { order_id: 'x-1', revenue: 20 }, { userId }));
  await send('/v1/identify', { userId, anonymousId });
  await send('/v1/track', order('Order Refunded', { order_id: 'x-1', total: 5 }, { anonymousId }));
  expect(await moneyOf(userId)).toEqual([1, 1499, 500]);
});

test('the same bytes a day later count once, with a timestamp and without', async () => {
  const userId = 'resent';
  const stored = {
    userId,
    messageId: 'k-1',
    timestamp: '2026-06-15T12:00:00.000Z',
    sentAt: '2026-06-15T12:00:01.000Z',
  };
  const requests = [
    order('Order Completed', { revenue: 100 }, stored),
    order('Order Completed', { revenue: 100 }, { userId, messageId: 'k-2' }),
  ];
  for (const request of requests) await send('/v1/track', request);
  await cloud.settle();
  await cloud.advance('P1D');
  for (const request of requests) await send('/v1/track', request);
  expect(await moneyOf(userId)).toEqual([2, 20000, 0]);
});

test('large ids are two customers, and what counts nothing says so', async () => {
  const call = (id: string) =>
    cloud.call('POST', '/v1/track', {
      body: `{"userId":${id},"event":"Order Completed","properties":{"order_id":${id}}}`,
      key: cloud.info.serverKey,
    });
  const answers = [await call('157963456375966712'), await call('157963456375966713')];
  expect(answers.map(({ body }) => Object(body).results[0].notes[0].reason)).toEqual(['no_amount', 'no_amount']);
  await cloud.settle();
  const rows = await cloud.query("SELECT DISTINCT customer_id FROM v_interactions WHERE order_id LIKE '1579%'");
  expect(rows).toHaveLength(2);
});

test('the lake folds to the live profiles', async () => {
  await cloud.settle();
  const target = localTarget(cloud.info);
  const live = await livePersonas(target);
  const found = await Promise.all(
    [...'0123456789abcdef'].map((shard) => differencesIn(target, shard, live, () => false)),
  );
  expect(found.flatMap(({ differences }) => differences)).toEqual([]);
  expect(live.size).toBeGreaterThan(4);
});
