import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import { Analytics } from '@segment/analytics-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.stop());

const orderProperties = (orderId: string, revenue: number) => ({ order_id: orderId, revenue, currency: 'EUR' });

async function profileOf(userId: string) {
  const { status, body } = await cloud.call('GET', `/v1/customers/user_id:${userId}`, { key: cloud.info.adminKey });
  expect(status).toBe(200);
  return body as {
    customerId: string;
    traits: Record<string, unknown>;
    interactions: { total: number; byType: Record<string, number> };
    purchases: { currency: string; orders: number; revenueMinor: number }[];
    groups: { id: string }[];
  };
}

const typesInLake = (customerId: string) =>
  cloud.query(
    `SELECT type, count(*) AS n FROM v_interactions WHERE customer_id = '${customerId}' GROUP BY type ORDER BY type`,
  );

test('delivers every call of the unmodified @segment/analytics-node to profile and lake', async () => {
  const analytics = new Analytics({ writeKey: cloud.info.writeKey, host: cloud.info.url, flushAt: 3 });
  const errors: unknown[] = [];
  analytics.on('error', (error) => errors.push(error));
  const userId = 'segment-user';
  analytics.identify({ userId, traits: { email: 'segment-user@example.com', plan: 'plus' } });
  analytics.track({ userId, event: 'Order Completed', properties: orderProperties('s-1', 19.99) });
  analytics.track({ userId, event: 'Order Completed', properties: orderProperties('s-2', 5) });
  analytics.page({ userId, name: 'Home' });
  analytics.screen({ userId, name: 'Start' });
  analytics.group({ userId, groupId: 'acme', traits: { industry: 'steel' } });
  analytics.alias({ userId, previousId: 'anonymous-1' });
  await analytics.closeAndFlush();
  await cloud.settle();

  expect(errors).toEqual([]);
  const profile = await profileOf(userId);
  expect(profile.traits).toEqual({ email: 'segment-user@example.com', plan: 'plus' });
  expect(profile.interactions.byType).toEqual({ track: 2, identify: 1, page: 1, screen: 1, group: 1, alias: 1 });
  expect(profile.purchases).toMatchObject([{ currency: 'EUR', orders: 2, revenueMinor: 2499 }]);
  expect(profile.groups).toMatchObject([{ id: 'acme' }]);
  expect(await typesInLake(profile.customerId)).toEqual([
    { type: 'alias', n: '1' },
    { type: 'group', n: '1' },
    { type: 'identify', n: '1' },
    { type: 'page', n: '1' },
    { type: 'screen', n: '1' },
    { type: 'track', n: '2' },
  ]);
});

test('delivers every call of the unmodified @rudderstack/rudder-sdk-node, gzip bodies as it sends them', async () => {
  const rudder = new RudderAnalytics(cloud.info.serverKey, {
    dataPlaneUrl: cloud.info.url,
    flushAt: 4,
    flushInterval: 200,
  });
  const userId = 'rudder-user';
  rudder.identify({ userId, traits: { email: 'rudder-user@example.com', plan: 'max' } });
  rudder.track({ userId, event: 'Order Completed', properties: orderProperties('r-1', 7.5) });
  rudder.track({ userId, event: 'Order Refunded', properties: { order_id: 'r-1', total: 2.5, currency: 'EUR' } });
  rudder.page({ userId, name: 'Home' });
  rudder.screen({ userId, name: 'Start' });
  rudder.group({ userId, groupId: 'acme', traits: { industry: 'steel' } });
  rudder.alias({ userId, previousId: 'anonymous-2' });
  await rudder.flush();
  await cloud.settle();

  const profile = await profileOf(userId);
  expect(profile.traits).toMatchObject({ email: 'rudder-user@example.com', plan: 'max' });
  expect(profile.interactions.byType).toEqual({ track: 2, identify: 1, page: 1, screen: 1, group: 1, alias: 1 });
  expect(profile.purchases).toMatchObject([{ currency: 'EUR', orders: 1, revenueMinor: 500 }]);
  expect(await typesInLake(profile.customerId)).toEqual([
    { type: 'alias', n: '1' },
    { type: 'group', n: '1' },
    { type: 'identify', n: '1' },
    { type: 'page', n: '1' },
    { type: 'screen', n: '1' },
    { type: 'track', n: '2' },
  ]);
});

test('keeps e-mail addresses and user ids of both SDKs out of the lake', async () => {
  const columns = "properties || traits || context || coalesce(user_key, '') || coalesce(name, '')";
  const rows = await cloud.query(
    `SELECT message_id FROM interactions WHERE ${columns} LIKE '%@example%' OR ${columns} LIKE '%-user%'`,
  );
  expect(rows).toEqual([]);
});
