import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud('--now', '2026-03-01T12:00:00Z');
});
afterAll(() => cloud.stop());

const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 10, minute)).toISOString();

async function send(...batch: object[]) {
  const { body } = await cloud.call('POST', '/v1/batch', { json: { batch } });
  await cloud.settle();
  return body;
}

async function customer(identifier: string) {
  const path = `/v1/customers/${encodeURIComponent(identifier)}`;
  const { status, body } = await cloud.call('GET', path, { key: cloud.info.adminKey });
  return { status, body };
}

test('an event with nothing but an e-mail address is a customer who is found by any spelling of it', async () => {
  await send({
    type: 'track',
    event: 'Newsletter Ordered',
    timestamp: at(0),
    context: { traits: { email: ' Ada@Example.com' } },
  });
  const found = await customer('email:ada@example.com');
  expect(found).toMatchObject({ status: 200, body: { personas: 1, traits: { email: ' Ada@Example.com' } } });
  expect(await customer('email:ADA@example.COM ')).toEqual(found);
});

test('devices, cards and phone numbers lead to the customer whom they came with', async () => {
  const context = { device: { id: 'D-1' }, externalIds: [{ type: 'loyalty_id', id: 'card-1', collection: 'users' }] };
  await send(
    { type: 'screen', name: 'Start', timestamp: at(1), context: { device: { id: 'd-1' } } },
    { type: 'identify', userId: 'bilal', timestamp: at(2), context, traits: { phone: '+49 30 901820' } },
  );
  const bilal = await customer('user_id:bilal');
  expect(bilal).toMatchObject({ status: 200, body: { personas: 2, interactions: { total: 2 } } });
  for (const identifier of ['device_id:D-1', 'loyalty_id:card-1', 'phone:+4930901820', 'phone:+49 (30) 90 18 20']) {
    expect(await customer(identifier)).toEqual(bilal);
  }
});

test('a value that names nobody is none: alone it is refused, beside another it is passed over', async () => {
  const page = { type: 'page', name: 'Home', timestamp: at(3) };
  expect(
    await send({ ...page, userId: 'unknown' }, { ...page, userId: 'undefined', anonymousId: 'browser-3' }),
  ).toMatchObject({
    results: [{ status: 'rejected', reason: 'missing_identity' }, { status: 'accepted' }],
  });
  expect((await customer('anonymous_id:browser-3')).body).toMatchObject({ interactions: { total: 1 } });
  expect((await customer('user_id:undefined')).status).toBe(400);
});

test('the lake has identifiers as keyed hashes, the one that an interaction belongs to first', async () => {
  const rows = await cloud.query(
    `SELECT identifiers[1] AS first, cardinality(identifiers) AS n, user_key FROM v_interactions WHERE type = 'identify'`,
  );
  expect(rows).toEqual([
    { first: `user_id:${rows[0]?.user_key}`, n: '4', user_key: expect.stringMatching(/^[0-9a-f]{32}$/) },
  ]);
  const [text] = await cloud.query(
    `SELECT count(*) AS n FROM v_interactions
     WHERE context LIKE '%ada@%' OR traits LIKE '%ada@%' OR context LIKE '%card-1%' OR context LIKE '%D-1%' OR traits LIKE '%901820%'`,
  );
  expect(text).toEqual({ n: '0' });
});
