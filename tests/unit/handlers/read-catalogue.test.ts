import { describe, expect, test } from 'vitest';
import { memoryCatalogue } from '#adapters/in-memory/memory-catalogue.ts';
import { readCatalogue } from '#handlers/catalogue/read-catalogue/read-catalogue.ts';
import { behindApi } from '#support/behind-api.ts';
import { offer, saved, smallCatalogue } from '#support/builders/catalogue-items.ts';
import { httpRequest, knownCaller, type RequestParts } from '#support/builders/http-request.ts';

const store = memoryCatalogue([
  saved('offers', { name: 'Old' }),
  ...smallCatalogue().filter(({ kind }) => kind !== 'offers'),
  saved('offers', { offerId: 'a' }),
  saved('offers'),
]);
store.changes.push({
  kind: 'offers',
  id: 'gone',
  version: 12,
  updatedAt: '2026-03-02T00:00:00.000Z',
  updatedBy: 'c-2',
});

async function read(path: string, parts: RequestParts = {}) {
  const id = path.split('/').slice(3).join('/');
  const pathParameters = id === '' ? {} : { pathParameters: { id } };
  const { statusCode, headers, body } = await behindApi(
    'read-catalogue',
    readCatalogue({ store }),
  )(httpRequest({ method: 'GET', path, ...pathParameters, ...parts }));
  return { status: statusCode, headers, body: body === '' ? undefined : JSON.parse(body) };
}

describe('one item', () => {
  test('is answered as it was saved, with its ETag', async () => {
    expect(await read('/v1/offers/tv')).toMatchObject({ status: 200, headers: { etag: '"11"' }, body: offer() });
  });

  test('is found by an id with a slash', async () => {
    expect((await read('/v1/placements/web/home-hero')).body).toMatchObject({ placementId: 'web/home-hero' });
  });

  test.each(['/v1/offers/none', '/v1/offers/gone', '/v1/segments/tv'])(
    'that is not there is answered 404: %s',
    async (path) => {
      const { status, body } = await read(path);
      expect([status, body.error.code]).toEqual([404, 'unknown_item']);
    },
  );

  test('that the caller has already is answered 304 without a body', async () => {
    expect(await read('/v1/offers/tv', { headers: { 'if-none-match': 'W/"11"' } })).toMatchObject({
      status: 304,
      headers: { etag: '"11"' },
      body: undefined,
    });
    expect((await read('/v1/offers/tv', { headers: { 'if-none-match': '"10"' } })).status).toBe(200);
  });

  test('that never had a version says so, and where its versions are', async () => {
    const { status, body } = await read('/v1/offers/tv', { query: { version: '9' } });
    expect([status, body.error]).toEqual([
      404,
      { code: 'unknown_item', message: 'There is no version 9 of the offer "tv"; ?history=true lists them.' },
    ]);
  });

  test('is answered in an earlier version, which can be put again', async () => {
    expect(await read('/v1/offers/tv', { query: { version: '1' } })).toMatchObject({
      status: 200,
      headers: { etag: '"1"' },
      body: { name: 'Old' },
    });
    expect((await read('/v1/offers/tv', { query: { version: '2' } })).status).toBe(404);
  });

  test('has a history, the latest first, also when it is deleted', async () => {
    const { body } = await read('/v1/offers/tv', { query: { history: 'true' } });
    expect(body.versions).toMatchObject([
      { version: 11, deleted: false, updatedBy: 'c-0' },
      { version: 1, deleted: false },
    ]);
    expect((await read('/v1/offers/gone', { query: { history: 'true' } })).body.versions).toEqual([
      { version: 12, deleted: true, updatedAt: '2026-03-02T00:00:00.000Z', updatedBy: 'c-2' },
    ]);
    expect((await read('/v1/offers/none', { query: { history: 'true' } })).status).toBe(404);
  });
});

describe('a list', () => {
  test('has all items of its kind by id, each with its version', async () => {
    const { body } = await read('/v1/offers');
    expect(body).toMatchObject({
      items: [
        { id: 'a', version: 10, item: { offerId: 'a' } },
        { id: 'tv', version: 11, item: offer(), updatedBy: 'c-0', updatedAt: '2026-03-01T00:00:00.000Z' },
      ],
      nextCursor: null,
    });
  });

  test('is paged by id', async () => {
    const { body } = await read('/v1/offers', { query: { limit: '1' } });
    expect([body.items.map(({ id }: { id: string }) => id), body.nextCursor]).toEqual([['a'], 'a']);
    const next = await read('/v1/offers', { query: { limit: '1', cursor: 'a' } });
    expect([next.body.items.map(({ id }: { id: string }) => id), next.body.nextCursor]).toEqual([['tv'], null]);
  });

  test('of large items ends a page before its answer is too large for a function, and loses none', async () => {
    const large = Array.from({ length: 100 }, (_, index) =>
      saved('treatments', { treatmentId: `t-${index}`, content: { text: 'x'.repeat(60_000) } }),
    );
    const handle = behindApi('read-catalogue', readCatalogue({ store: memoryCatalogue(large) }));
    const ids: string[] = [];
    let cursor: string | undefined = '';
    for (let pages = 0; cursor !== undefined && pages < 5; pages++) {
      const query: Record<string, string> = cursor === '' ? {} : { cursor };
      const { body } = await handle(httpRequest({ method: 'GET', path: '/v1/treatments', query }));
      expect(Buffer.byteLength(body)).toBeLessThan(6_000_000);
      const page = JSON.parse(body);
      ids.push(...page.items.map(({ id }: { id: string }) => id));
      cursor = page.nextCursor ?? undefined;
    }
    expect(new Set(ids).size).toBe(100);
    expect(ids).toHaveLength(100);
  });
});

test.each([
  ['/v1/offers', { limit: '0' }],
  ['/v1/offers', { limt: '1' }],
  ['/v1/offers/tv', { version: 'x' }],
  ['/v1/offers/tv', { history: 'yes' }],
])('a query that can’t be read is answered 400: %s %j', async (path, query) => {
  const { status, body } = await read(path, { query });
  expect([status, body.error.code]).toEqual([400, 'malformed_query']);
});

test.each(['read', 'decide', 'catalogue'])('who holds the scope %s reads', async (scope) => {
  expect((await read('/v1/offers/tv', { caller: knownCaller(scope) })).status).toBe(200);
});

test('who holds other scopes does not read', async () => {
  expect(await read('/v1/offers/tv', { caller: knownCaller('collect admin') })).toMatchObject({
    status: 403,
    body: { error: { message: expect.stringContaining('"read" or "decide" or "catalogue"') } },
  });
});
