import { beforeEach, describe, expect, test } from 'vitest';
import { type MemoryCatalogue, memoryCatalogue } from '#adapters/in-memory/memory-catalogue.ts';
import { writeCatalogue } from '#handlers/catalogue/write-catalogue/write-catalogue.ts';
import { CatalogueTornError } from '#runtime/errors.ts';
import { behindApi } from '#support/behind-api.ts';
import { offer, saved, smallCatalogue } from '#support/builders/catalogue-items.ts';
import { httpRequest, knownCaller, type RequestParts } from '#support/builders/http-request.ts';

let store: MemoryCatalogue;
let pauses: number;
beforeEach(() => {
  store = memoryCatalogue(smallCatalogue());
  pauses = 0;
});

async function ask(method: string, path: string, parts: RequestParts = {}) {
  const handle = behindApi(
    'write-catalogue',
    writeCatalogue({
      store,
      now: () => Date.UTC(2026, 2, 11),
      pause: async () => {
        pauses += 1;
      },
    }),
  );
  const id = path.split('/').slice(3).join('/');
  const { statusCode, headers, body } = await handle(httpRequest({ method, path, pathParameters: { id }, ...parts }));
  return { status: statusCode, etag: headers.etag, headers, body: body === '' ? undefined : JSON.parse(body) };
}

const etagOf = async (id = 'tv') => `"${(await store.find('offers', id))?.version}"`;
const put = (body: unknown, headers: Record<string, string>, more: RequestParts = {}) =>
  ask('PUT', '/v1/offers/tv', { body, headers, ...more });

describe('a PUT', () => {
  test('creates, and the answer has the ETag that the next change needs', async () => {
    const created = await ask('PUT', '/v1/offers/phone', {
      body: offer({ offerId: 'phone' }),
      headers: { 'if-none-match': '*' },
    });
    expect([created.status, created.etag, created.body]).toEqual([201, '"10"', offer({ offerId: 'phone' })]);
    const changed = await ask('PUT', '/v1/offers/phone', {
      body: offer({ offerId: 'phone', lever: 2 }),
      headers: { 'if-match': '"10"' },
    });
    expect([changed.status, changed.etag, changed.body.lever]).toEqual([200, '"11"', 2]);
  });

  test('records who changed what when', async () => {
    await put(offer({ name: 'New' }), { 'if-match': '*' });
    expect(store.changes.at(-1)).toEqual({
      ...saved('offers', { name: 'New' }),
      id: 'tv',
      version: 10,
      updatedAt: '2026-03-11T00:00:00.000Z',
      updatedBy: 'c-1',
    });
  });

  test('of what is there already writes nothing and answers its ETag', async () => {
    expect(await put(offer(), { 'if-match': '*' })).toMatchObject({ status: 200, etag: await etagOf() });
    expect(store.changes).toHaveLength(9);
  });

  test.each<[Record<string, string>, number, string]>([
    [{}, 428, 'precondition_required'],
    [{ 'if-match': '"77"' }, 412, 'precondition_failed'],
    [{ 'if-none-match': '*' }, 412, 'precondition_failed'],
  ])('with the conditions %j is answered %i and changes nothing', async (headers, status, code) => {
    const answer = await put(offer({ name: 'New' }), headers);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect(store.changes).toHaveLength(9);
  });

  test('that lost a race for the same item is answered 412 with the winner’s ETag', async () => {
    const etag = await etagOf();
    store.beforeSave = () => put(offer({ name: 'Winner' }), { 'if-match': etag });
    expect(await put(offer({ name: 'Loser' }), { 'if-match': etag })).toMatchObject({ status: 412, etag: '"10"' });
    expect((await store.find('offers', 'tv'))?.item.name).toBe('Winner');
  });

  test('that lost a race against another item is planned again and saved', async () => {
    store.beforeSave = () => ask('DELETE', '/v1/kpis/acceptance', { headers: { 'if-match': '*' } });
    expect(await put(offer({ name: 'New' }), { 'if-match': await etagOf() })).toMatchObject({
      status: 200,
      etag: '"11"',
    });
    expect(pauses).toBe(1);
  });

  test('whose reference is deleted in the same moment is refused', async () => {
    await ask('PUT', '/v1/offer-groups/new', { body: { name: 'New' }, headers: { 'if-none-match': '*' } });
    store.beforeSave = () => ask('DELETE', '/v1/offer-groups/new', { headers: { 'if-match': '*' } });
    expect(await put(offer({ group: 'new' }), { 'if-match': '*' })).toMatchObject({
      status: 400,
      body: { error: { faults: [{ path: 'group', message: 'There is no offer group "new"' }] } },
    });
  });

  test.each(['false', 'true'])(
    'of a catalogue that keeps changing under its reader is answered 503 (validate=%s)',
    async (validate) => {
      store.load = () => Promise.reject(new CatalogueTornError('It did not add up'));
      const answer = await put(offer(), { 'if-match': '*' }, { query: { validate } });
      expect([answer.status, answer.body.error.code, answer.headers['retry-after']]).toEqual([
        503,
        'catalogue_busy',
        '1',
      ]);
    },
  );

  test('that loses every race is answered 503 and told to come again', async () => {
    const late = { ...store, save: async () => 'conflict' as const };
    const handle = behindApi('write-catalogue', writeCatalogue({ store: late, now: () => 0, pause: async () => {} }));
    const request = httpRequest({
      method: 'PUT',
      path: '/v1/offers/tv',
      pathParameters: { id: 'tv' },
      headers: { 'if-match': '*' },
      body: offer({ name: 'New' }),
    });
    expect(await handle(request)).toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' } });
  });

  test('with faults names each with its place, and the first in the message', async () => {
    const { status, body } = await put(offer({ eligible: 'profile.orders >', suitable: '1' }), { 'if-match': '*' });
    expect([status, body.error.code]).toEqual([400, 'invalid_item']);
    expect(body.error.faults).toMatchObject([
      { path: 'eligible', line: 1, shown: expect.stringContaining('profile.orders >\n') },
      { path: 'suitable', line: 1, column: 1 },
    ]);
    expect(body.error.message).toMatch(
      /^The offer can't be saved at "eligible", line 1, column \d+: .* \(and 1 more\)$/,
    );
  });

  test.each(['', '{', 'undefined', '{"a":1,}'])('whose body is %j is no JSON', async (body) => {
    const answer = await put(body, { 'if-match': '*' });
    expect([answer.status, answer.body.error.code]).toEqual([400, 'malformed_json']);
  });

  test.each([{ validate: 'yes' }, { validat: 'true' }])(
    'with the query %j is refused, so that no dry run is in earnest',
    async (query) => {
      expect((await put(offer({ name: 'New' }), { 'if-match': '*' }, { query })).body.error.code).toBe(
        'malformed_query',
      );
      expect(store.changes).toHaveLength(9);
    },
  );
});

describe('a dry run', () => {
  const query = { validate: 'true' };

  test.each<[string, object, object]>([
    ['/v1/offers/tv', offer(), { valid: true, effect: 'unchanged' }],
    ['/v1/offers/tv', offer({ name: 'New' }), { valid: true, effect: 'changed', item: offer({ name: 'New' }) }],
    ['/v1/offers/phone', offer({ offerId: 'phone' }), { valid: true, effect: 'created' }],
    ['/v1/offers/tv', offer({ lever: -1 }), { valid: false, faults: [{ path: 'lever' }] }],
  ])('of a PUT to %s of %j says %j and saves nothing', async (path, body, said) => {
    expect(await ask('PUT', path, { body, query })).toMatchObject({ status: 200, body: said });
    expect(store.changes).toHaveLength(9);
  });

  test('of a DELETE says who is in the way', async () => {
    expect(await ask('DELETE', '/v1/offers/tv', { query })).toMatchObject({
      status: 200,
      body: { valid: false, references: [{ kind: 'treatments', id: 'tv-hero', path: 'offerId' }] },
    });
    expect((await ask('DELETE', '/v1/kpis/acceptance', { query })).body).toMatchObject({
      valid: true,
      effect: 'deleted',
    });
    expect(store.changes).toHaveLength(9);
  });

  test('with a condition that does not hold is answered 412', async () => {
    const headers = { 'if-match': '"77"' };
    expect((await ask('PUT', '/v1/offers/tv', { body: offer(), query, headers })).status).toBe(412);
  });
});

describe('a DELETE', () => {
  test('takes the item away and keeps its past', async () => {
    const headers = { 'if-match': '*' };
    expect(await ask('DELETE', '/v1/kpis/acceptance', { headers })).toMatchObject({ status: 204, body: undefined });
    expect(await store.find('kpis', 'acceptance')).toBeUndefined();
    expect(await store.changesOf('kpis', 'acceptance')).toHaveLength(2);
    expect((await ask('DELETE', '/v1/kpis/acceptance', { headers })).status).toBe(404);
  });

  test('of what others name is answered 409 with who', async () => {
    const { status, body } = await ask('DELETE', '/v1/placements/web/home-hero', { headers: { 'if-match': '*' } });
    expect([status, body.error]).toEqual([
      409,
      {
        code: 'still_referenced',
        message: 'Others name the placement "web/home-hero": treatments/tv-hero at placements.0',
        references: [{ kind: 'treatments', id: 'tv-hero', path: 'placements.0' }],
      },
    ]);
  });

  test('without a condition is answered 428', async () => {
    expect((await ask('DELETE', '/v1/kpis/acceptance')).status).toBe(428);
  });
});

test.each<[RequestParts['caller'], number, string]>([
  [{ credential: 'absent' }, 401, 'missing_credential'],
  [knownCaller('read decide collect admin'), 403, 'missing_scope'],
])('nobody but who holds the scope catalogue writes: %j', async (caller, status, code) => {
  const answer = await put(offer(), { 'if-match': '*' }, { caller });
  expect([answer.status, answer.body.error.code]).toEqual([status, code]);
});
