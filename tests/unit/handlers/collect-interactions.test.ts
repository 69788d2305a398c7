import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { sealerOf } from '#adapters/sealing/sealer-of.ts';
import { identityKeyOf } from '#adapters/secrets-manager/secret-identity-key.ts';
import { largestRequestBytes, mostBatchItems } from '#contracts/wire/segment-request.ts';
import {
  defaultIdentifiers,
  type IdentifierCatalogue,
  readIdentifierCatalogue,
} from '#domain/identity/identifier-catalogue.ts';
import { collectInteractions } from '#handlers/collect/collect-interactions/collect-interactions.ts';
import type { Sealer } from '#ports/sealer.ts';
import { ArrivalsUnavailableError } from '#runtime/errors.ts';
import { openerOf } from '#scripts/recover/opener-of.ts';
import { behindApi } from '#support/behind-api.ts';
import { receivedAt } from '#support/builders/arrival.ts';
import { httpRequest, type RequestParts } from '#support/builders/http-request.ts';
import { trackEvent } from '#support/builders/segment-event.ts';
import { FakeArrivals } from '#support/fakes/fake-arrivals.ts';
import { FakeBus } from '#support/fakes/fake-bus.ts';
import { credential, fakeCredentials } from '#support/fakes/fake-credentials.ts';
import { freeAllowances } from '#support/fakes/free-allowances.ts';
import { sealingPair } from '#support/sealing-pair.ts';

const identitySecret = 'k'.repeat(64);
const identityKey = identityKeyOf(identitySecret);
const { privateHalf, publicHalf } = sealingPair();
const open = openerOf({ privateHalf, identitySecret });
let sealer: Sealer | undefined;
const credentials = fakeCredentials({
  'web-key': credential(),
  'read-key': credential({ scopes: ['read'] }),
  'desk-key': credential({ touchpoint: 'call-centre' }),
  'old-key': credential({ revokedAt: '2026-01-01T00:00:00.000Z' }),
});
let bus = new FakeBus();
let arrivals = new FakeArrivals();
let now = receivedAt;
beforeEach(() => {
  bus = new FakeBus();
  arrivals = new FakeArrivals();
  now = receivedAt;
  sealer = sealerOf(publicHalf);
});

/** A request with the key of a touchpoint that may collect, with another key, or with null for none. */
type KeyedRequest = RequestParts & { readonly key?: string | null; readonly identifiers?: IdentifierCatalogue };

async function send({ key = 'web-key', identifiers = defaultIdentifiers, ...parts }: KeyedRequest) {
  let ids = 0;
  const sent = { ...(key === null ? {} : { 'x-write-key': key }), ...parts.headers };
  const handle = behindApi(
    'collect-interactions',
    collectInteractions({
      credentials,
      allowances: freeAllowances,
      arrivals,
      bus,
      identityKey: async () => identityKey,
      onRejected: () => {},
      onUnsealed: () => {},
      sealer: async () => sealer,
      identifiers,
      usualCurrency: 'CHF',
      now: () => now,
      newId: () => `id-${ids++}`,
    }),
  );
  const { statusCode, headers, body } = await handle(httpRequest({ ...parts, headers: sent }));
  return { status: statusCode, headers, body: JSON.parse(body) };
}

const codeOf = async (parts: KeyedRequest) => {
  const { status, body } = await send(parts);
  return [status, body.error?.code];
};
const received = () => bus.details('InteractionsReceived').flatMap((detail) => detail.personas);
const interactions = () => received().flatMap((detail) => detail.interactions);
const rejections = () => bus.details('InteractionsRejected').flatMap((detail) => detail.rejections);

describe('a call', () => {
  test.each([
    ['track', { event: 'e' }],
    ['identify', {}],
    ['page', {}],
    ['screen', {}],
    ['group', { groupId: 'g' }],
    ['alias', { userId: undefined, anonymousId: 'a', previousId: 'p' }],
  ])('of /v1/%s and of its short form is put on the bus and answered with its result', async (type, fields) => {
    for (const path of [`/v1/${type}`, `/v1/${type.charAt(0)}`]) {
      bus = new FakeBus();
      const { status, body } = await send({ path, body: { userId: 'u', messageId: 'm', ...fields } });
      expect([status, body]).toEqual([
        200,
        { success: true, accepted: 1, rejected: 0, results: [{ index: 0, messageId: 'm', status: 'accepted' }] },
      ]);
      expect(interactions()).toMatchObject([{ type, messageId: 'm', receivedAt: '2026-03-10T12:00:00.000Z' }]);
    }
  });

  test('carries the keyed hashes of its identifiers', async () => {
    await send({ path: '/v1/group', body: { userId: 'u', anonymousId: 'a', groupId: 'g', previousId: 'p' } });
    expect(interactions()).toMatchObject([
      {
        userKey: identityKey.hash('user_id', 'u'),
        anonymousKey: identityKey.hash('anonymous_id', 'a'),
        groupKey: identityKey.hash('group_id', 'g'),
        previousKey: identityKey.hash('anonymous_id', 'p'),
      },
    ]);
  });

  test.each<[string, object, string, string]>([
    ['its user id', { userId: 'u', anonymousId: 'a' }, 'user_id', 'u'],
    ['its anonymous id when it has no user id', { anonymousId: 'a' }, 'anonymous_id', 'a'],
    ['its anonymous id when its user id names nobody', { userId: 'null', anonymousId: 'a' }, 'anonymous_id', 'a'],
    [
      'its e-mail address before a device',
      { anonymousId: 'a', context: { traits: { email: 'A@b.org' } } },
      'email',
      'a@b.org',
    ],
    ['its e-mail address when it has nothing else', { context: { traits: { email: 'A@b.org' } } }, 'email', 'a@b.org'],
  ])('belongs to the persona of %s', async (_, ids, type, value) => {
    await send({ path: '/v1/page', body: ids });
    expect(received()).toMatchObject([{ personaId: identityKey.personaId(type, value) }]);
  });

  test('carries all its identifiers hashed, the primary one first, and no value that is personal', async () => {
    const context = { device: { id: 'd' }, externalIds: [{ type: 'loyalty_id', id: 'card-4' }] };
    await send({ path: '/v1/identify', body: { userId: 'u', traits: { email: 'A@b.org' }, context } });
    const key = (type: string, value: string) => `${type}:${identityKey.hash(type, value)}`;
    expect(interactions()[0]?.identifiers).toEqual([
      { key: key('user_id', 'u'), value: 'u' },
      { key: key('loyalty_id', 'card-4'), value: 'card-4' },
      { key: key('email', 'a@b.org') },
      { key: key('device_id', 'd') },
    ]);
  });

  test('loses the values that a stage maps to personal types, whatever their names', async () => {
    const read = readIdentifierCatalogue({
      types: [{ name: 'passport', personal: true, priority: 300 }, { name: 'spa_id' }],
      mappings: [
        { from: 'properties.guest.papers', type: 'passport' },
        { from: 'properties.spa', type: 'spa_id' },
        { from: 'traits.papers', type: 'passport' },
        { from: 'traits.billing_email', type: 'email' },
      ],
    });
    if (read.kind === 'invalid') throw new Error(read.faults.join());
    const properties = { guest: { papers: 'X1', room: 7 }, spa: 's' };
    const traits = { papers: 'X1', billing_email: 'a@b.org' };
    await send({ identifiers: read.catalogue, body: { event: 'e', properties, context: { traits } } });
    expect(interactions()).toMatchObject([
      {
        properties: { guest: { papers: '[removed]', room: 7 }, spa: 's' },
        traits: { papers: '[removed]', billing_email: 'a@b.org' },
        identifiers: [{ value: 's' }, {}, { key: `passport:${identityKey.hash('passport', 'X1')}` }],
      },
    ]);
  });

  test('to an unknown endpoint is answered 404', async () => {
    expect(await codeOf({ path: '/v1/export', body: {} })).toEqual([404, 'unknown_endpoint']);
  });
});

test.each(['jane@example.org', 'order-for-+4915123456789', 'q%2540.jane%2540example.org', '4111111111111111'])(
  'a message id that leads to a person is a keyed hash past the door, the same each time: %s',
  async (messageId) => {
    const { body } = await send({ body: trackEvent({ messageId }) });
    await send({ body: trackEvent({ messageId }) });
    expect(body.results).toMatchObject([{ messageId }]);
    const hashed = `hashed-${identityKey.hash('message-id', messageId)}`;
    expect(interactions().map((made) => made.messageId)).toEqual([hashed, hashed]);
  },
);

describe('money that names no currency', () => {
  const order = (properties: object) => trackEvent({ event: 'Order Completed', properties });

  test('is in the stage’s, and the answer says so', async () => {
    const { body } = await send({ body: order({ order_id: 'o', revenue: 5 }) });
    expect(body.results[0]).toMatchObject({
      status: 'accepted',
      notes: [{ reason: 'usual_currency', path: 'properties.currency', detail: expect.stringContaining('CHF') }],
    });
    expect(interactions()[0]).toMatchObject({ usualCurrency: 'CHF' });
  });

  test('is what it is marked with', async () => {
    const { body } = await send({ body: order({ order_id: 'o', revenue: '5 €' }) });
    expect(body.results[0]).not.toHaveProperty('notes');
  });

  test('is not asked of what tells of no money', async () => {
    await send({ body: trackEvent({ event: 'Product Viewed', properties: { price: 5 } }) });
    expect(interactions()[0]).not.toHaveProperty('usualCurrency');
  });
});

describe('a batch', () => {
  test('is accepted in part: each event has its result, and what is refused goes to the bus as a rejection', async () => {
    const batch = [
      trackEvent({ messageId: 'a' }),
      { type: 'track', messageId: 'b' },
      5,
      trackEvent({ messageId: 'd' }),
    ];
    const { status, body } = await send({ path: '/v1/batch', body: { batch } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      success: false,
      accepted: 2,
      rejected: 2,
      results: [
        { index: 0, messageId: 'a', status: 'accepted' },
        { index: 1, messageId: 'b', status: 'rejected', reason: 'missing_identity', path: 'userId' },
        { index: 2, messageId: null, status: 'rejected', reason: 'malformed_event', path: '' },
        { index: 3, messageId: 'd', status: 'accepted' },
      ],
    });
    expect(interactions().map(({ messageId }) => messageId)).toEqual(['a', 'd']);
    expect(rejections().map(({ reason, messageId }) => [reason, messageId])).toEqual([
      ['missing_identity', 'b'],
      ['malformed_event', null],
    ]);
    expect(bus.details('InteractionsRejected')).toMatchObject([{ touchpoint: 'web' }]);
  });

  test('of a rejected event keeps the original, sealed so that it opens again', async () => {
    const event = { type: 'track', event: 'e', properties: { email: 'ann@example.org' } };
    await send({ path: '/v1/batch', body: { batch: [event] } });
    const [sealed] = rejections();
    expect(sealed?.payload).not.toContain('ann@');
    expect(JSON.parse(open(sealed?.payload ?? ''))).toEqual(event);
  });

  test('of a rejected event keeps what nothing opens that a function may read', async () => {
    await send({ path: '/v1/batch', body: { batch: [{ type: 'track' }] } });
    const payload = rejections()[0]?.payload ?? '';
    expect(() => openerOf({ privateHalf: undefined, identitySecret })(payload)).toThrow();
  });

  test('of a rejected event in a stage without a sealing key still keeps it sealed, so that nothing is lost', async () => {
    sealer = undefined;
    const event = { type: 'track', properties: { email: 'ann@example.org' } };
    await send({ path: '/v1/batch', body: { batch: [event] } });
    expect(JSON.parse(open(rejections()[0]?.payload ?? ''))).toEqual(event);
  });

  test('of a rejected event of many kilobytes seals it in parts that open together', async () => {
    const event = { type: 'track', filling: randomBytes(180_000).toString('hex') };
    await send({ path: '/v1/batch', body: { batch: [event] } });
    const parts = rejections();
    expect(parts.map(({ payloadPart, payloadParts }) => [payloadPart, payloadParts])).toEqual(
      parts.map((_, index) => [index + 1, parts.length]),
    );
    expect(parts.length).toBeGreaterThan(2);
    expect(new Set(parts.map(({ rejectionId }) => rejectionId)).size).toBe(1);
    expect(JSON.parse(open(parts.map(({ payload }) => payload).join('')))).toEqual(event);
    for (const { detail } of bus.entries) expect(Buffer.byteLength(detail)).toBeLessThanOrEqual(64 * 1024);
  });

  test('of nothing is accepted and puts nothing on the bus', async () => {
    const { status, body } = await send({ path: '/v1/b', body: { batch: [] } });
    expect([status, body]).toEqual([200, { success: true, accepted: 0, rejected: 0, results: [] }]);
    expect(bus.entries).toEqual([]);
  });

  test.each([
    ['numbers', (index: number) => index],
    ['empty objects', () => ({})],
    ['objects that differ', (index: number) => ({ type: 'track', event: `e${index}` })],
    ['unknown types', () => ({ type: 'zz' })],
  ])('of the most %s tells their fault once, with all of them sealed', async (_, item) => {
    const batch = Array.from({ length: mostBatchItems }, (_each, index) => item(index));
    const { status, body } = await send({ path: '/v1/batch', body: { batch } });
    expect([status, body.rejected, body.results.length]).toEqual([200, mostBatchItems, mostBatchItems]);
    const [told, ...others] = rejections();
    expect([others, told?.events, told?.messageId]).toEqual([[], mostBatchItems, null]);
    const opened = open(told?.payload ?? '').split('\n');
    expect(opened.map((line) => JSON.parse(line))).toEqual(batch);
  });

  test('of refused events costs the bus no more than of valid ones', async () => {
    const bytes = () => bus.entries.reduce((sum, { detail }) => sum + Buffer.byteLength(detail), 0);
    const good = Array.from({ length: mostBatchItems }, (_, index) => trackEvent({ messageId: `m${index}` }));
    await send({ path: '/v1/batch', body: { batch: good } });
    const valid = bytes();
    bus = new FakeBus();
    const bad = Array.from({ length: mostBatchItems }, (_, index) => ({ messageId: `m${index}`, type: `t${index}` }));
    await send({ path: '/v1/batch', body: { batch: bad } });
    expect(bytes()).toBeLessThan(valid);
  });

  test('without an array is answered 400', async () => {
    expect(await codeOf({ path: '/v1/batch', body: { userId: 'u' } })).toEqual([400, 'malformed_batch']);
  });
});

describe('a credential', () => {
  test.each([
    ['nobody', 401, 'unknown_credential'],
    ['old-key', 401, 'revoked_credential'],
    [null, 401, 'missing_credential'],
    ['read-key', 403, 'missing_scope'],
  ])('that is %j is refused and nothing is accepted', async (key, status, code) => {
    expect(await codeOf({ key, body: trackEvent() })).toEqual([status, code]);
    expect(bus.entries).toEqual([]);
  });

  test('in the body of a beacon is taken when no header holds one', async () => {
    const { status } = await send({ key: null, body: trackEvent({ writeKey: 'web-key' }) });
    expect(status).toBe(200);
    expect(interactions()).toHaveLength(1);
  });

  test.each([
    ['nobody', 401, 'unknown_credential'],
    ['read-key', 403, 'missing_scope'],
    ['old-key', 401, 'revoked_credential'],
    ['', 401, 'missing_credential'],
  ])('in the body that is "%s" is refused', async (writeKey, status, code) => {
    expect(await codeOf({ key: null, body: trackEvent({ writeKey }) })).toEqual([status, code]);
  });

  test('in the body does not help who sent a wrong one in the header', async () => {
    const body = trackEvent({ writeKey: 'web-key' });
    expect(await codeOf({ key: 'nobody', body })).toEqual([401, 'unknown_credential']);
  });

  test('in the header counts before the one in the body', async () => {
    expect((await send({ body: trackEvent({ writeKey: 'nobody' }) })).status).toBe(200);
  });

  test('decides the touchpoint', async () => {
    await send({ key: 'desk-key', body: trackEvent() });
    expect(interactions()).toMatchObject([{ touchpoint: 'call-centre' }]);
  });
});

describe('a body', () => {
  const text = JSON.stringify(trackEvent());

  test.each<[string, RequestParts]>([
    ['text/plain', { body: text, headers: { 'content-type': 'text/plain;charset=UTF-8' } }],
    ['base64', { body: Buffer.from(text) }],
    ['gzip', { body: gzipSync(text), headers: { 'content-encoding': 'gzip' } }],
    ['gzip without its header', { body: gzipSync(text) }],
    ['plain text that claims to be gzip', { body: text, headers: { 'content-encoding': 'GZIP' } }],
  ])('in %s is read', async (_, parts) => {
    expect((await send(parts)).status).toBe(200);
    expect(interactions()).toMatchObject([{ messageId: 'm-1' }]);
  });

  test.each<[string, RequestParts, string]>([
    ['no JSON', { body: '{"userId":' }, 'malformed_json'],
    ['absent', {}, 'malformed_json'],
    ['a list', { body: '[]' }, 'malformed_json'],
    ['100,000 levels deep', { body: `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}` }, 'malformed_json'],
    ['cut gzip', { body: gzipSync(text).subarray(0, 30) }, 'malformed_gzip'],
    ['in another encoding', { body: text, headers: { 'content-encoding': 'br' } }, 'unsupported_encoding'],
    ['a gzip bomb', { body: gzipSync(Buffer.alloc(100_000_000)) }, 'body_too_large'],
  ])('that is %s is answered 400', async (_, parts, code) => {
    expect(await codeOf(parts)).toEqual([400, code]);
  });

  test.each([500, 10_000])(
    'with an event nested %i levels deep is answered without a fault of ours',
    async (levels) => {
      const properties = `${'{"a":'.repeat(levels - 2)}{}${'}'.repeat(levels - 2)}`;
      const { status } = await send({ body: `{"userId":"u","event":"e","properties":${properties}}` });
      expect(status).toBe(levels === 500 ? 200 : 400);
    },
  );

  test.each([false, true])('of exactly 500 KB is read and of one byte more refused (gzip: %s)', async (isGzip) => {
    const empty = JSON.stringify({ batch: [], filling: '' });
    const bodyOf = (bytes: number) => {
      const body = Buffer.from(JSON.stringify({ batch: [], filling: 'x'.repeat(bytes - empty.length) }));
      return isGzip ? gzipSync(body) : body;
    };
    expect(await codeOf({ path: '/v1/batch', body: bodyOf(largestRequestBytes) })).toEqual([200, undefined]);
    expect(await codeOf({ path: '/v1/batch', body: bodyOf(largestRequestBytes + 1) })).toEqual([400, 'body_too_large']);
  });
});

describe('the bus', () => {
  test('that does not take the entries makes the sender try again', async () => {
    bus.isDown = true;
    const { status, headers, body } = await send({ body: trackEvent() });
    expect([status, body.error.code, headers['retry-after']]).toEqual([503, 'bus_unavailable', '1']);
  });

  test('that does not take the entries makes a wholly rejected request come again too', async () => {
    bus.isDown = true;
    expect((await send({ body: { event: 'e' } })).status).toBe(503);
  });
});

describe('settings', () => {
  const settings = (writeKey: string) =>
    send({ method: 'GET', path: `/v1/projects/${writeKey}/settings`, pathParameters: { writeKey }, caller: undefined });

  test('send the browser SDK to this API with its key', async () => {
    const { status, body } = await settings('web-key');
    expect(status).toBe(200);
    expect(body.integrations['Segment.io']).toMatchObject({ apiKey: 'web-key', apiHost: 'api.example.org/v1' });
  });

  test('hold what the browser SDK reads without asking whether it is there', async () => {
    const { body } = await settings('web-key');
    expect(body).toMatchObject({
      plan: { track: {} },
      middlewareSettings: {},
      remotePlugins: [],
      metrics: { sampleRate: 0 },
    });
  });

  test.each(['nobody', 'read-key', 'old-key', '__proto__'])('of the key "%s" are answered 404', async (writeKey) => {
    const { status, body } = await settings(writeKey);
    expect([status, body.error.code]).toEqual([404, 'unknown_credential']);
  });
});

describe('a message that arrives again', () => {
  const day = 86_400_000;
  const times = () => interactions().map(({ occurredAt }) => occurredAt);

  test.each<[string, object]>([
    ['has no timestamp', {}],
    ['comes from a slow clock', { timestamp: '2026-03-10T09:00:00.000Z', sentAt: '2026-03-10T09:00:05.000Z' }],
    ['is older than a public key may tell', { timestamp: '2026-01-01T00:00:00.000Z' }],
  ])('has the time of its first arrival when it %s', async (_, fields) => {
    const body = { userId: 'u', messageId: 'm', event: 'e', ...fields };
    for (const arrivedAt of [receivedAt, receivedAt + 3000, receivedAt + day]) {
      now = arrivedAt;
      await send({ path: '/v1/track', body });
    }
    expect(new Set(times()).size).toBe(1);
    expect(interactions()[2]?.receivedAt).toBe('2026-03-11T12:00:00.000Z');
  });

  test('has the time of its first arrival when a slow clock tells the time of sending anew in each attempt', async () => {
    for (const [arrivedAt, sentAt] of [
      [receivedAt, '2026-03-10T09:00:05.000Z'],
      [receivedAt + day, '2026-03-11T09:00:04.000Z'],
    ] as const) {
      now = arrivedAt;
      const event = { userId: 'u', messageId: 'm', event: 'e', timestamp: '2026-03-10T09:00:00.000500Z', sentAt };
      await send({ path: '/v1/track', body: event });
    }
    expect(times()).toEqual(['2026-03-10T11:59:55.000Z', '2026-03-10T11:59:55.000Z']);
    expect(new Set(interactions().map(({ sequence }) => sequence)).size).toBe(1);
  });

  test('is asked for by nobody when its clock is good, or it has no id', async () => {
    const timestamp = '2026-03-10T11:59:00.000Z';
    await send({ path: '/v1/track', body: { userId: 'u', messageId: 'm', event: 'e', timestamp, sentAt: timestamp } });
    await send({ path: '/v1/track', body: { userId: 'u', event: 'e' } });
    expect(arrivals.asked).toBe(0);
  });

  test('says of which day it told when its clock has to be corrected by then', async () => {
    const timestamp = '2026-03-10T11:59:59.000Z';
    const body = { userId: 'u', messageId: 'm', event: 'e', timestamp, sentAt: timestamp };
    await send({ path: '/v1/track', body });
    now += day;
    await send({ path: '/v1/track', body });
    expect(interactions().map(({ occurredAt, toldAt }) => [occurredAt, toldAt])).toEqual([
      [timestamp, undefined],
      ['2026-03-11T12:00:00.000Z', timestamp],
    ]);
  });

  test('is one of its persona: another customer’s message of the same id has its own time', async () => {
    await send({ path: '/v1/track', body: { userId: 'u', messageId: 'm', event: 'e' } });
    now += day;
    await send({ path: '/v1/track', body: { userId: 'v', messageId: 'm', event: 'e' } });
    expect(new Set(times()).size).toBe(2);
  });

  test('counts once in a request, in which the first of it counts', async () => {
    const event = { type: 'track', userId: 'u', messageId: 'm' };
    const { body } = await send({
      path: '/v1/batch',
      body: { batch: ['a', 'b'].map((name) => ({ ...event, event: name })) },
    });
    expect(body).toMatchObject({ accepted: 2, rejected: 0 });
    expect(interactions().map((one) => one.event)).toEqual(['a']);
  });

  test('is to be sent again when nobody knows when it arrived first', async () => {
    arrivals.first = async () => {
      throw new ArrivalsUnavailableError('no table');
    };
    expect(await codeOf({ path: '/v1/track', body: { userId: 'u', messageId: 'm', event: 'e' } })).toEqual([
      503,
      'arrivals_unavailable',
    ]);
  });
});
