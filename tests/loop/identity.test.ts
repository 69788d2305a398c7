import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud('--now', '2026-03-01T12:00:00Z');
});
afterAll(() => cloud.stop());

type Identified = Readonly<{ userId?: string; anonymousId?: string; traits?: object }>;

const purchase = (messageId: string, timestamp: string, who: Identified, revenue: number) => ({
  type: 'track',
  messageId,
  timestamp,
  event: 'Order Completed',
  properties: { order_id: messageId, revenue, currency: 'EUR' },
  ...who,
});

const identify = (messageId: string, timestamp: string, who: Identified) => ({
  type: 'identify',
  messageId,
  timestamp,
  ...who,
});

/** What the API may answer of a customer. */
interface Answer {
  readonly customerId: string;
  readonly personas: number;
  readonly purchases?: readonly { readonly revenueMinor: number }[];
  readonly history: readonly { readonly kind: string; readonly askedBy?: string }[];
}

async function send(...batch: object[]) {
  const { status } = await cloud.call('POST', '/v1/batch', { json: { batch } });
  expect(status).toBe(200);
  await cloud.settle();
}

async function admin(method: string, path: string, json?: object) {
  const { status, body } = await cloud.call(method, `/v1/customers/${path}`, {
    key: cloud.info.adminKey,
    ...(json === undefined ? {} : { json }),
  });
  return { status, body: body as Answer };
}

const customer = async (identifier: string) => (await admin('GET', identifier)).body;
/** What a profile says, without the id of the customer and the number of personas. */
const revenueOf = (body: Answer) => body.purchases?.[0]?.revenueMinor;

test('two customers who turn out to be one are one everywhere, for past interactions too, and apart again after an unmerge', async () => {
  await send(
    purchase('shop-1', '2026-02-01T10:00:00.000Z', { anonymousId: 'browser-1' }, 10),
    purchase('spa-1', '2026-02-10T10:00:00.000Z', { userId: 'spa-guest' }, 20),
  );
  const [browser, guest] = [await customer('anonymous_id:browser-1'), await customer('user_id:spa-guest')];
  expect([browser, guest].map(revenueOf)).toEqual([1000, 2000]);
  expect(browser.customerId).not.toBe(guest.customerId);

  await send(identify('link-1', '2026-02-20T10:00:00.000Z', { userId: 'spa-guest', anonymousId: 'browser-1' }));
  const merged = await customer('user_id:spa-guest');
  expect([merged.customerId, merged.personas, revenueOf(merged)]).toEqual([browser.customerId, 2, 3000]);
  for (const name of [
    'anonymous_id:browser-1',
    `customer_id:${guest.customerId}`,
    `customer_id:${browser.customerId}`,
  ]) {
    expect(await customer(name)).toEqual(merged);
  }
  const byCustomer = () =>
    cloud.query(
      `SELECT customer_id, sum(revenue_minor) AS cents, count(*) AS n FROM v_interactions GROUP BY customer_id ORDER BY cents DESC`,
    );
  expect(await byCustomer()).toEqual([{ customer_id: browser.customerId, cents: '3000', n: '3' }]);
  expect((await admin('GET', 'user_id:spa-guest/timeline')).body).toMatchObject({
    interactions: [{ messageId: 'link-1' }, { messageId: 'spa-1' }, { messageId: 'shop-1' }],
  });

  // What comes after a merge belongs to its own persona, and goes with it.
  await send(purchase('shop-2', '2026-02-25T10:00:00.000Z', { anonymousId: 'browser-1' }, 40));
  const unmerge = () => admin('POST', `customer_id:${browser.customerId}/unmerge`, { identifier: 'user_id:spa-guest' });
  expect(await unmerge()).toEqual({
    status: 200,
    body: { changed: true, customerId: browser.customerId, separatedCustomerId: guest.customerId },
  });
  expect((await unmerge()).body).toMatchObject({ changed: false, separatedCustomerId: guest.customerId });
  await send(purchase('spa-2', '2026-02-26T10:00:00.000Z', { userId: 'spa-guest', anonymousId: 'browser-1' }, 80));
  expect(revenueOf(await customer('anonymous_id:browser-1'))).toBe(5000);
  expect(revenueOf(await customer('user_id:spa-guest'))).toBe(10_000);
  expect(await byCustomer()).toEqual([
    { customer_id: guest.customerId, cents: '10000', n: '3' },
    { customer_id: browser.customerId, cents: '5000', n: '2' },
  ]);
});

test('the API tells identifiers, links, merges, refusals and who asked; the values of personal ones are not kept', async () => {
  const { status, body } = await admin('GET', 'user_id:spa-guest/identities');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    identifiers: [{ type: 'user_id', value: 'spa-guest', firstSeenAt: '2026-02-10T10:00:00.000Z', isShared: false }],
    links: [{ occurredAt: '2026-02-20T10:00:00.000Z' }],
  });
  const { history } = body;
  expect(history.map(({ kind }) => kind)).toEqual(['refusal', 'unmerge', 'cut', 'merge']);
  expect(history[2]?.askedBy).toMatch(/^[0-9a-f]{12}$/);
  expect(JSON.stringify((await admin('GET', 'anonymous_id:browser-1/identities')).body)).not.toContain('browser-1');
});

test('the lake keeps every change, and says of each identifier whose it is now', async () => {
  const kinds = await cloud.query(
    'SELECT kind, count(DISTINCT change_id) AS n FROM identity_links GROUP BY kind ORDER BY kind',
  );
  expect(kinds.map(({ kind }) => kind)).toEqual(['customer', 'cut', 'link', 'merge', 'refusal', 'unmerge']);
  const guest = await customer('user_id:spa-guest');
  expect(await cloud.query(`SELECT customer_id FROM v_customers_identity WHERE identifier_type = 'user_id'`)).toEqual([
    { customer_id: guest.customerId },
  ]);
});

describe('an unmerge is refused', () => {
  test.each([
    ['without a wish', 'user_id:spa-guest', {}, 400, 'invalid_request'],
    ['of an unknown type', 'user_id:spa-guest', { identifier: 'shoe_size:42' }, 400, 'malformed_identifier'],
    ['of what nothing links', 'user_id:spa-guest', { identifier: 'user_id:stranger' }, 404, 'not_linked'],
  ])('%s', async (_, name, parts, status, code) => {
    expect(await admin('POST', `${name}/unmerge`, parts)).toMatchObject({ status, body: { error: { code } } });
  });

  test('without the scope admin', async () => {
    const json = { identifier: 'anonymous_id:browser-1' };
    const { status, body } = await cloud.call('POST', '/v1/customers/user_id:spa-guest/unmerge', { json });
    expect([status, body]).toMatchObject([403, { error: { code: 'missing_scope' } }]);
  });
});
