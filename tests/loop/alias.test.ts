import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultIdentifiers } from '#domain/identity/identifier-catalogue.ts';
import { identityDifferences } from '#scripts/rebuild/identity-differences.ts';
import { localTarget } from '#scripts/target/target.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud('--now', '2026-03-01T12:00:00Z');
});
afterAll(() => cloud.stop());

const purchase = (messageId: string, userId: string, revenue: number) => ({
  type: 'track',
  event: 'Order Completed',
  messageId,
  userId,
  properties: { order_id: messageId, revenue, currency: 'EUR' },
});

async function send(batch: readonly object[], key?: string) {
  const { status, body } = await cloud.call('POST', '/v1/batch', { json: { batch }, ...(key ? { key } : {}) });
  expect(status).toBe(200);
  await cloud.settle();
  return body as { results: { notes?: { path: string; detail: string }[] }[] };
}

async function admin(method: string, path: string, json?: object) {
  const options = { key: cloud.info.adminKey, ...(json === undefined ? {} : { json }) };
  const { body } = await cloud.call(method, `/v1/customers/${path}`, options);
  return body as {
    customerId: string;
    purchases: { revenueMinor: number }[];
    links: { isAlias?: true }[];
    identifiers: { type: string; value?: string }[];
    changed: boolean;
  };
}

const differences = async () =>
  (await identityDifferences(localTarget(cloud.info), defaultIdentifiers.types)).differences;

test('the spec’s basic example joins a former user id and the new one, until somebody says that it was wrong', async () => {
  await send([purchase('o-1', 'jane@old', 10), purchase('o-2', 'jane-new', 20)]);
  const before = [await admin('GET', 'user_id:jane@old'), await admin('GET', 'user_id:jane-new')];
  expect(before[0]?.customerId).not.toBe(before[1]?.customerId);

  const { results } = await send([{ type: 'alias', previousId: 'jane@old', userId: 'jane-new' }]);
  expect(results[0]?.notes).toBeUndefined();
  const joined = [await admin('GET', 'user_id:jane@old'), await admin('GET', 'user_id:jane-new')];
  expect(joined[0]).toEqual(joined[1]);
  expect(joined[0]?.purchases[0]?.revenueMinor).toBe(3000);
  const { links } = await admin('GET', 'user_id:jane-new/identities');
  expect(links.filter(({ isAlias }) => isAlias)).toHaveLength(2);
  expect(await differences()).toEqual([]);

  const parts = { identifier: 'user_id:jane-new' };
  expect(await admin('POST', 'user_id:jane@old/unmerge', parts)).toMatchObject({ changed: true });
  await cloud.settle();
  const after = [await admin('GET', 'user_id:jane@old'), await admin('GET', 'user_id:jane-new')];
  expect(after.map(({ purchases }) => purchases[0]?.revenueMinor)).toEqual([1000, 2000]);
  expect(after.map(({ customerId }) => customerId)).toEqual(before.map(({ customerId }) => customerId));
  expect(await differences()).toEqual([]);
});

test('an anonymous id is joined as ever, and is kept as no user id’s value', async () => {
  const anonymousId = '5b0d0c8e-6a3f-4d19-9d57-3e3d6a2b9c11';
  await send([{ type: 'page', anonymousId }]);
  await send([{ type: 'alias', previousId: anonymousId, userId: 'kim' }]);
  const kim = await admin('GET', 'user_id:kim/identities');
  expect(kim.customerId).toBe((await admin('GET', `anonymous_id:${anonymousId}`)).customerId);
  expect(JSON.stringify(kim)).not.toContain(anonymousId);
  const rows = await cloud.query('SELECT * FROM identity_links');
  expect(JSON.stringify(rows)).not.toContain(anonymousId);
});

test('from a web page it joins no account, and the answer says for what it waits', async () => {
  await send([purchase('o-3', 'victim', 10), purchase('o-4', 'thief', 20)]);
  const { results } = await send([{ type: 'alias', previousId: 'victim', userId: 'thief' }], cloud.info.writeKey);
  expect(results[0]?.notes).toEqual([
    { reason: 'public_key', path: 'previousId', detail: expect.stringContaining('waits') },
  ]);
  const [victim, thief] = [await admin('GET', 'user_id:victim'), await admin('GET', 'user_id:thief')];
  expect(victim.customerId).not.toBe(thief.customerId);
  expect([victim, thief].map(({ purchases }) => purchases[0]?.revenueMinor)).toEqual([1000, 2000]);
  expect(await differences()).toEqual([]);
});
