import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import { Analytics } from '@segment/analytics-node';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type BrowserPage, openPage } from '#support/browser-page.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';

let cloud: TestCloud;
const pages: BrowserPage[] = [];
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(async () => {
  for (const page of pages) page.close();
  await cloud.stop();
});

const seen = Array.from({ length: 98 }, (_, index) => index);

/** An identify, 98 orders of one euro, and a page or its like, told by an SDK as its documentation says. */
const sdks: Readonly<Record<string, (userId: string) => Promise<unknown>>> = {
  async '@segment/analytics-node'(userId) {
    const analytics = new Analytics({ writeKey: cloud.info.writeKey, host: cloud.info.url });
    analytics.identify({ userId, traits: { plan: 'plus' } });
    for (const index of seen) analytics.track({ userId, event: 'Order Completed', properties: order(userId, index) });
    analytics.page({ userId, name: 'Home' });
    await analytics.closeAndFlush();
  },
  async '@rudderstack/rudder-sdk-node'(userId) {
    const rudder = new RudderAnalytics(cloud.info.writeKey, { dataPlaneUrl: cloud.info.url, flushInterval: 200 });
    rudder.identify({ userId, traits: { plan: 'plus' } });
    for (const index of seen) rudder.track({ userId, event: 'Order Completed', properties: order(userId, index) });
    rudder.page({ userId, name: 'Home' });
    await rudder.flush();
  },
  async '@segment/analytics-next'(userId) {
    const page = await openPage('@segment/analytics-next');
    pages.push(page);
    const { host } = new URL(cloud.info.url);
    page.run(`const analytics = sdk.AnalyticsBrowser.load(
      { writeKey: '${cloud.info.writeKey}', cdnURL: '${cloud.info.url}' },
      { integrations: { 'Segment.io': { apiHost: '${host}/v1', protocol: 'http' } } },
    );
    ${inBrowser(userId)}`);
  },
  async '@rudderstack/analytics-js'(userId) {
    const page = await openPage('@rudderstack/analytics-js/bundled');
    pages.push(page);
    page.run(`const analytics = new sdk.RudderAnalytics();
    analytics.load('${cloud.info.writeKey}', '${cloud.info.url}', { configUrl: '${cloud.info.url}', polyfillIfRequired: false });
    ${inBrowser(userId)}`);
  },
};

/** SDKs of the Python index, by the module that they install. */
const pythonSdks = { 'segment-analytics-python': 'segment.analytics', 'rudder-sdk-python': 'rudderstack.analytics' };

const order = (userId: string, index: number) => ({ order_id: `${userId}-${index}`, revenue: 1, currency: 'EUR' });

const inBrowser = (userId: string) => `
  analytics.identify('${userId}', { plan: 'plus' });
  for (let index = 0; index < 98; index++) {
    analytics.track('Order Completed', { order_id: '${userId}-' + index, revenue: 1, currency: 'EUR' });
  }
  analytics.page('Home');`;

const inPython = (userId: string, module: string) => `
from ${module}.client import Client
client = Client('${cloud.info.writeKey}', host='${cloud.info.url}')
client.identify('${userId}', {'plan': 'plus'})
for index in range(98):
    client.track('${userId}', 'Order Completed', {'order_id': f'${userId}-{index}', 'revenue': 1, 'currency': 'EUR'})
client.page('${userId}', 'shop', 'Home')
client.flush()
client.join()
`;

/** Waits until all have arrived; then profile and Athena say the same, and of nobody else. */
async function expectHundred(userId: string) {
  const profile = await vi.waitFor(
    async () => {
      await cloud.settle();
      const { body } = await cloud.call('GET', `/v1/customers/user_id:${userId}`, { key: cloud.info.adminKey });
      expect(body).toMatchObject({ interactions: { total: 100, byType: { identify: 1, track: 98, page: 1 } } });
      return body as { customerId: string };
    },
    { timeout: 200_000, interval: 500 },
  );
  expect(profile).toMatchObject({
    traits: { plan: 'plus' },
    purchases: [{ currency: 'EUR', orders: 98, revenueMinor: 9800 }],
  });
  const rows = await cloud.query(
    `SELECT count(*) AS n, sum(revenue_minor) AS cents FROM v_interactions WHERE customer_id = '${profile.customerId}'`,
  );
  expect(rows).toEqual([{ n: '100', cents: '9800' }]);
}

test.each(Object.keys(sdks))('every one of 100 events of the unmodified %s arrives', async (name) => {
  const userId = name.replace(/\W/g, '-');
  await sdks[name]?.(userId);
  await expectHundred(userId);
});

for (const [name, module] of Object.entries(pythonSdks)) {
  const isPresent = spawnSync('python3', ['-c', `import ${module}`]).status === 0;
  const absent = isPresent ? '' : ' (not run: Python has no such package)';
  test.skipIf(!isPresent)(`every one of 100 events of the unmodified ${name} arrives${absent}`, async () => {
    await promisify(execFile)('python3', ['-c', inPython(name, module)]);
    await expectHundred(name);
  });
}
