import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';

const Customer = z.object({ consents: z.array(z.object({ purpose: z.string(), granted: z.boolean() })) });

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud('--now', '2026-03-01T12:00:00Z');
});
afterAll(() => cloud.stop());

const tell = (event: object) =>
  cloud.call('POST', '/v1/batch', { key: cloud.info.serverKey, json: { batch: [event] } });
const stamp = (userId: string, marketing: boolean, over: object = {}) =>
  tell({
    type: 'page',
    userId,
    anonymousId: `browser of ${userId}`,
    context: { consent: { categoryPreferences: { marketing } } },
    ...over,
  });

async function consentsOf(userId: string) {
  await cloud.settle();
  const { body } = await cloud.call('GET', `/v1/customers/user_id:${userId}`, { key: cloud.info.adminKey });
  return Object.fromEntries(Customer.parse(body).consents.map(({ purpose, granted }) => [purpose, granted]));
}

test('a no on the account outlives a page that is dated ahead of it, and the banner’s stamps after it', async () => {
  await stamp('ada', true, { timestamp: '2026-03-02T08:00:00Z' });
  const json = { marketing: false };
  await cloud.call('PUT', '/v1/customers/user_id:ada/consents', { key: cloud.info.adminKey, json });
  expect(await consentsOf('ada')).toEqual({ marketing: false });
  await cloud.advance('PT1H');
  await stamp('ada', true);
  expect(await consentsOf('ada')).toEqual({ marketing: false });
  await cloud.advance('PT1H');
  await cloud.call('PUT', '/v1/customers/user_id:ada/consents', {
    key: cloud.info.adminKey,
    json: { marketing: true },
  });
  expect(await consentsOf('ada')).toEqual({ marketing: true });
});

test('an unsubscribe refuses every purpose by mail', async () => {
  await tell({ type: 'track', userId: 'bilal', event: 'Email Unsubscribed', properties: { list_id: 'news' } });
  expect(await consentsOf('bilal')).toEqual({ '*:email': false });
});

test('a stranger with the write key changes neither consents nor traits', async () => {
  await tell({
    type: 'identify',
    userId: 'cleo',
    traits: { plan: 'basic' },
    context: { consent: { categoryPreferences: { marketing: true } } },
  });
  await cloud.settle();
  const claim = { type: 'identify', userId: 'cleo', anonymousId: 'stranger', traits: { plan: 'evil', note: 'evil' } };
  const json = { batch: [{ ...claim, context: { consent: { categoryPreferences: { marketing: false } } } }] };
  await cloud.call('POST', '/v1/batch', { key: cloud.info.writeKey, json });
  await cloud.call('PUT', '/v1/customers/user_id:cleo/consents', {
    key: cloud.info.writeKey,
    json: { marketing: false },
  });
  expect(await consentsOf('cleo')).toEqual({ marketing: true });
  const { body } = await cloud.call('GET', '/v1/customers/user_id:cleo', { key: cloud.info.adminKey });
  expect(body).toMatchObject({ traits: { plan: 'basic' } });
  expect(body).not.toMatchObject({ traits: { note: 'evil' } });
});
