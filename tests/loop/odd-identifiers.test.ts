import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';

const Consent = z.object({ purpose: z.string(), granted: z.boolean() });

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud('--now', '2026-03-01T12:00:00Z');
});
afterAll(() => cloud.stop());

const ids = [
  'a/b',
  'a//b/',
  '/a',
  'what?',
  '100%',
  'a%2Fb',
  'a b',
  'x#y',
  'p+q',
  'u:1',
  'a&b=c',
  'ä/靴',
  'a/timeline/b',

  'a/../b',
];

describe.each(ids)('the user id %s', (id) => {
  const inPath = `/v1/customers/${encodeURIComponent(`user_id:${id}`)}`;
  const query = `identifier=${encodeURIComponent(`user_id:${id}`)}`;
  const ask = (method: string, path: string, json?: unknown) =>
    cloud.call(method, path, { key: cloud.info.adminKey, ...(json === undefined ? {} : { json }) });

  test('can be read, told of consents and unmerged, by path and by query', async () => {
    const event = { type: 'identify', userId: id, traits: { id } };
    await cloud.call('POST', '/v1/batch', { key: cloud.info.serverKey, json: { batch: [event] } });
    await cloud.settle();

    const read = await ask('GET', inPath);
    expect(read).toMatchObject({ status: 200, body: { traits: { id } } });
    expect((await ask('GET', `/v1/customers?${query}`)).body).toEqual(read.body);
    for (const view of ['timeline', 'identities']) {
      const byPath = await ask('GET', `${inPath}/${view}`);
      expect(byPath.status).toBe(200);
      expect((await ask('GET', `/v1/customers/${view}?${query}`)).body).toEqual(byPath.body);
    }
    expect((await ask('PUT', `${inPath}/consents`, { marketing: false })).status).toBe(202);
    expect((await ask('PUT', `/v1/customers/consents?${query}`, { service: false })).status).toBe(202);
    for (const path of [`${inPath}/unmerge`, `/v1/customers/unmerge?${query}`]) {
      expect(await ask('POST', path, { identifier: 'user_id:elsewhere' })).toMatchObject({
        status: 404,
        body: { error: { code: 'not_linked' } },
      });
    }
    await cloud.settle();
    const { consents } = z.object({ consents: z.array(Consent) }).parse((await ask('GET', inPath)).body);
    expect(consents.map(({ purpose, granted }) => [purpose, granted])).toEqual([
      ['marketing', false],
      ['service', false],
    ]);
  });
});

test('a path over several segments that names no view changes nothing', async () => {
  const refused = { status: 404, body: { error: { code: 'unknown_endpoint' } } };
  const key = cloud.info.adminKey;
  expect(await cloud.call('PUT', '/v1/customers/user_id:a/b', { key, json: { marketing: false } })).toMatchObject(
    refused,
  );
  expect(await cloud.call('POST', '/v1/customers/user_id:a/b', { key, json: {} })).toMatchObject(refused);
});
