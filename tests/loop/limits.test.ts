import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.stop());

const codeOf = (body: unknown) => (body as { error?: { code?: string } }).error?.code;
const resultsOf = (body: unknown) =>
  (body as { results: { status: string; reason?: string; path?: string }[] }).results;

/** A track event whose JSON has exactly so many bytes. */
function eventOf(bytes: number) {
  const event = { type: 'track', userId: 'size', event: 'Sized', properties: { filler: '' } };
  const room = bytes - Buffer.byteLength(JSON.stringify(event));
  return { ...event, properties: { filler: 'x'.repeat(room) } };
}

/** A batch whose JSON has exactly so many bytes. */
function batchOf(bytes: number): string {
  const events = Array.from({ length: Math.floor(bytes / 32_000) - 1 }, () => eventOf(31_900));
  const open = JSON.stringify({ batch: [...events, eventOf(200)] });
  return JSON.stringify({ batch: [...events, eventOf(200 + Math.min(bytes - open.length, 32_000))] }).padEnd(
    bytes,
    ' ',
  );
}

describe('sizes', () => {
  test.each([
    [32 * 1024, 'accepted', undefined],
    [32 * 1024 + 1, 'rejected', 'event_too_large'],
  ])('an event of %i bytes is %s', async (bytes, status, reason) => {
    const { body } = await cloud.call('POST', '/v1/batch', { json: { batch: [eventOf(bytes)] } });
    expect(resultsOf(body)).toMatchObject([{ status, ...(reason && { reason }) }]);
  });

  test.each([
    [500 * 1024, 200, undefined],
    [500 * 1024 + 1, 400, 'body_too_large'],
  ])('a request of %i bytes answers %i', async (bytes, status, code) => {
    const answer = await cloud.call('POST', '/v1/batch', { body: batchOf(bytes) });
    expect([answer.status, codeOf(answer.body)]).toEqual([status, code]);
  });

  test.each([
    [500 * 1024, 200],
    [500 * 1024 + 1, 400],
  ])('a gzip body of %i bytes when unpacked answers %i', async (bytes, status) => {
    const answer = await cloud.call('POST', '/v1/batch', {
      body: gzipSync(batchOf(bytes)),
      headers: { 'content-encoding': 'gzip' },
    });
    expect(answer.status).toBe(status);
  });
});

describe('credentials', () => {
  test.each([
    ['no key', null, 401, 'missing_credential'],
    ['an unknown key', 'no-such-key', 401, 'unknown_credential'],
  ])('%s is told so', async (_, key, status, code) => {
    const answer = await cloud.call('POST', '/v1/track', { key, json: eventOf(300) });
    expect([answer.status, codeOf(answer.body)]).toEqual([status, code]);
  });

  test('a write key may not read customers', async () => {
    const answer = await cloud.call('GET', '/v1/customers/user_id:size');
    expect([answer.status, codeOf(answer.body)]).toEqual([403, 'missing_scope']);
  });

  test('a key in X-Write-Key or in a beacon’s body is as good as Basic', async () => {
    const header = await cloud.call('POST', '/v1/t', {
      key: null,
      json: eventOf(300),
      headers: { 'x-write-key': cloud.info.writeKey },
    });
    const beacon = await cloud.call('POST', '/v1/t', {
      key: null,
      json: { ...eventOf(300), writeKey: cloud.info.writeKey },
      headers: { 'content-type': 'text/plain' },
    });
    expect([header.status, beacon.status]).toEqual([200, 200]);
  });
});

describe('bad input', () => {
  const deep = (levels: number) =>
    `{"type":"track","userId":"u","event":"Deep","properties":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}`;

  test.each<[string, string | Uint8Array, Record<string, string>, number, string | undefined]>([
    ['malformed JSON', '{"type":', {}, 400, 'malformed_json'],
    ['an array', '[]', {}, 400, 'malformed_json'],
    ['an empty body', '', {}, 400, 'malformed_json'],
    ['a batch without events', '{"batch":1}', {}, 400, 'malformed_batch'],
    ['JSON of 100,000 levels', deep(100_000 / 2), {}, 400, 'malformed_json'],
    ['a gzip bomb', gzipSync(Buffer.alloc(50_000_000)), { 'content-encoding': 'gzip' }, 400, 'body_too_large'],
    ['broken gzip', Uint8Array.of(0x1f, 0x8b, 1, 2, 3), { 'content-encoding': 'gzip' }, 400, 'malformed_gzip'],
    ['an unknown encoding', 'x', { 'content-encoding': 'br' }, 400, 'unsupported_encoding'],
  ])('%s answers with its named error', async (_, body, headers, status, code) => {
    const answer = await cloud.call('POST', '/v1/batch', { body, headers });
    expect([answer.status, codeOf(answer.body)]).toEqual([status, code]);
  });

  test('every event that can be read but is not valid is named, and waits in rejected_interactions', async () => {
    const batch = [
      7,
      {},
      { type: 'dance', userId: 'u' },
      { type: 'track', event: 'Nobody' },
      { type: 'track', userId: 'u' },
      { type: 'track', userId: 'u', event: 'Late', timestamp: 'yesterday' },
      { type: 'track', userId: 'u', event: 'Far', timestamp: '9999-12-31T23:59:59.999Z' },
      { type: 'track', userId: 'u', event: 'Order Completed', properties: { revenue: 'much' } },
      { type: 'track', userId: 'u', event: 'Order Completed', properties: { revenue: 1, currency: 'gold' } },
      { type: 'identify', userId: 'u', traits: 'tall' },
      JSON.parse(deep(40)),
      eventOf(40_000),
    ];
    const { status, body } = await cloud.call('POST', '/v1/batch', { json: { batch } });
    expect(status).toBe(200);
    const reasons = resultsOf(body).map(({ reason, path }) => [reason, path]);
    expect(reasons).toEqual([
      ['malformed_event', ''],
      ['missing_field', 'type'],
      ['unknown_type', 'type'],
      ['missing_identity', 'userId'],
      ['missing_field', 'event'],
      ['invalid_timestamp', 'timestamp'],
      ['timestamp_out_of_range', 'timestamp'],
      ['invalid_amount', 'properties.revenue'],
      ['invalid_currency', 'properties.currency'],
      ['invalid_field', 'traits'],
      ['event_too_deep', ''],
      ['event_too_large', ''],
    ]);
    await cloud.settle();
    const rows = await cloud.query(
      'SELECT reason, path, count(DISTINCT rejection_id) AS n FROM rejected_interactions GROUP BY reason, path',
    );
    for (const [reason, path] of reasons) expect(rows).toContainEqual({ reason, path, n: expect.any(String) });
  });

  test('lone surrogates and prototype keys are taken in as harmless text', async () => {
    const body =
      '{"batch":[{"type":"track","userId":"odd\\ud800","event":"\\udc00","properties":{"__proto__":{"x":1},"constructor":"y"}},{"type":"identify","userId":"odd-two","traits":{"constructor":"c","toString":"t"}}]}';
    const answer = await cloud.call('POST', '/v1/batch', { body });
    expect(resultsOf(answer.body)).toMatchObject([{ status: 'accepted' }, { status: 'accepted' }]);
    await cloud.settle();
    const { body: customer } = await cloud.call('GET', '/v1/customers/user_id:odd-two', { key: cloud.info.adminKey });
    expect(customer).toMatchObject({ traits: { constructor: 'c', toString: 't' } });
  });
});
