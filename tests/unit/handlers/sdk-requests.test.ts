import { expect, test } from 'vitest';
import { identityKeyOf } from '#adapters/secrets-manager/secret-identity-key.ts';
import { defaultIdentifiers } from '#domain/identity/identifier-catalogue.ts';
import { collectInteractions } from '#handlers/collect/collect-interactions/collect-interactions.ts';
import { behindApi } from '#support/behind-api.ts';
import { httpRequest, type RequestParts } from '#support/builders/http-request.ts';
import { FakeArrivals } from '#support/fakes/fake-arrivals.ts';
import { FakeBus } from '#support/fakes/fake-bus.ts';
import { credential, fakeCredentials } from '#support/fakes/fake-credentials.ts';
import { freeAllowances } from '#support/fakes/free-allowances.ts';
import { sdkRequests } from '#support/sdk-requests.ts';

const identityKey = identityKeyOf('k'.repeat(64));

async function send(parts: RequestParts) {
  const bus = new FakeBus();
  const handle = behindApi(
    'collect-interactions',
    collectInteractions({
      credentials: fakeCredentials({ 'web-key': credential() }),
      allowances: freeAllowances,
      arrivals: new FakeArrivals(),
      bus,
      identityKey: async () => identityKey,
      onRejected: () => {},
      onUnsealed: () => {},
      sealer: async () => undefined,
      identifiers: defaultIdentifiers,
      usualCurrency: 'USD',
      now: () => Date.UTC(2026, 2, 10, 12),
      newId: () => 'new',
    }),
  );
  const answered = await handle(httpRequest(parts));
  const interactions = bus
    .details('InteractionsReceived')
    .flatMap(({ personas }) => personas.flatMap((persona) => persona.interactions));
  return { ...answered, interactions };
}

test.each(sdkRequests)('takes what %s sends', async (_, parts) => {
  const { statusCode, interactions } = await send(parts);
  expect(statusCode).toBe(200);
  expect(interactions).toMatchObject([
    {
      messageId: 'm',
      type: 'track',
      event: 'Seen',
      occurredAt: expect.stringContaining('2026-03-10T11:59:58.'),
      anonymousKey: identityKey.hash('anonymous_id', 'a'),
      userKey: identityKey.hash('user_id', 'u'),
    },
  ]);
});

test('reads options as context and as fields of the message, which it says itself first', async () => {
  const body = {
    event: 'Seen',
    userId: 'u',
    context: { locale: 'de' },
    options: { userId: 'other', locale: 'en', screen: { density: 2 }, context: { os: { name: 'iOS' } } },
  };
  const { interactions } = await send({ path: '/v1/track', headers: { 'x-write-key': 'web-key' }, body });
  expect(interactions).toMatchObject([
    {
      userKey: identityKey.hash('user_id', 'u'),
      context: { locale: 'de', screen: { density: 2 }, os: { name: 'iOS' } },
    },
  ]);
});

test.each([
  ['answers a pixel with a picture that no cache keeps', '/v1/pixel/page', { writeKey: 'web-key', userId: 'u' }, 200],
  ['refuses a pixel without a key that is known', '/v1/pixel/page', { writeKey: 'no-key', userId: 'u' }, 401],
  ['knows no pixel of a batch', '/v1/pixel/batch', { writeKey: 'web-key', batch: [] }, 404],
])('%s', async (_, path, event, status) => {
  const data = Buffer.from(JSON.stringify(event)).toString('base64');
  const { statusCode, headers, isBase64Encoded } = await send({ method: 'GET', path, query: { data } });
  expect([statusCode, isBase64Encoded]).toEqual([status, status === 200 ? true : undefined]);
  if (status === 200) expect(headers).toEqual({ 'content-type': 'image/gif', 'cache-control': 'no-store' });
});

test.each([
  ['GET', '/sourceConfig/', { writeKey: 'web-key' }, 200],
  ['GET', '/sourceConfig', { writeKey: 'web-key', p: 'npm' }, 200],
  ['GET', '/sourceConfig', { writeKey: 'no-key' }, 404],
  ['GET', '/sourceConfig', {}, 404],
  ['POST', '/sourceConfig', { writeKey: 'web-key' }, 404],
  ['GET', '/v1/track', {}, 404],
  ['POST', '/v2/track', {}, 404],
  ['POST', '/track', {}, 404],
  ['GET', '/', {}, 404],
])('answers %s %s with %j by %i', async (method, path, query, status) => {
  const { statusCode, body } = await send({ method, path, query });
  expect(statusCode).toBe(status);
  if (status === 200) expect(JSON.parse(body)).toMatchObject({ source: { enabled: true, destinations: [] } });
});
