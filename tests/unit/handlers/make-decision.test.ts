import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { identityKeyOf } from '#adapters/secrets-manager/secret-identity-key.ts';
import { largestRequestBytes } from '#contracts/wire/segment-request.ts';
import { defaultIdentifiers } from '#domain/identity/identifier-catalogue.ts';
import { makeDecision } from '#handlers/decide/make-decision/make-decision.ts';
import { CatalogueTornError, ItemsUnreadError } from '#runtime/errors.ts';
import { logger } from '#runtime/lambda.ts';
import { behindApi } from '#support/behind-api.ts';
import { saved } from '#support/builders/catalogue-items.ts';
import { offersNamed } from '#support/builders/decision.ts';
import { noBudgets, planOf } from '#support/builders/decision-maker.ts';
import { httpRequest, type RequestParts } from '#support/builders/http-request.ts';
import { credential, fakeCredentials } from '#support/fakes/fake-credentials.ts';
import { FakeDecisions } from '#support/fakes/fake-decisions.ts';
import { freeAllowances } from '#support/fakes/free-allowances.ts';
import type { DecisionMakerDeps } from '#use-cases/decide/decision-maker.ts';

const identityKey = identityKeyOf('k'.repeat(64));
const ada = identityKey.personaId('user_id', 'ada');
const credentials = fakeCredentials({
  'web-key': credential({ scopes: ['decide'] }),
  'app-key': credential({ credentialId: 'c-2', touchpoint: 'app', scopes: ['decide'] }),
  'admin-key': credential({ credentialId: 'c-3', scopes: ['decide', 'admin'] }),
  'both-key': credential({ credentialId: 'c-4', scopes: ['decide'], touchpoint: 'app', touchpoints: ['web'] }),
  'collect-key': credential({ scopes: ['collect'] }),
  'old-key': credential({ scopes: ['decide'], revokedAt: '2026-01-01T00:00:00.000Z' }),
});
const scarce = saved('treatments', {
  treatmentId: 'scarce-hero',
  offerId: 'tv',
  uses: [{ budgetId: 'mails', amount: 1 }],
});
const items = [...offersNamed(['tv', 'fibre']), saved('placements', { placementId: 'web/footer', limit: 1 })];
const desk = [
  ...items,
  saved('placements', { placementId: 'call-centre/retention-desk', touchpoint: 'call-centre', channel: 'call-centre' }),
];
const question = { customer: 'user_id:ada', placements: ['web/home-hero'] };

let stores = new FakeDecisions();
beforeEach(() => {
  stores = new FakeDecisions();
});

interface ChangeBody extends RequestParts {
  /** A touchpoint that may decide unless another key is said, or null for none. */
  readonly key?: string | null;
  readonly idempotencyKey?: string;
  readonly catalogue?: Parameters<typeof planOf>[0];
  readonly over?: Partial<DecisionMakerDeps>;
  readonly plan?: () => Promise<ReturnType<typeof planOf>>;
}

let ids = 0;
async function ask({ key = 'web-key', idempotencyKey, catalogue = items, over, plan, ...parts }: ChangeBody = {}) {
  const handle = behindApi(
    'make-decision',
    makeDecision({
      credentials,
      allowances: freeAllowances,
      now: () => 0,
      identityKey: async () => identityKey,
      identifiers: defaultIdentifiers,
      plan: plan ?? (async () => planOf(catalogue)),
      maker: stores.maker(over),
      newId: () => `019cad2f-0000-7000-8000-${String(ids++).padStart(10, '0')}ff`,
    }),
  );
  const headers = {
    ...(key === null ? {} : { 'x-write-key': key }),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    ...parts.headers,
  };
  const {
    statusCode,
    headers: answered,
    body,
  } = await handle(httpRequest({ path: '/v1/decisions', caller: undefined, body: question, ...parts, headers }));
  return { status: statusCode, headers: answered, text: body, body: JSON.parse(body) };
}

async function refusal(parts: ChangeBody) {
  const { status, body } = await ask(parts);
  expect([stores.made.size, stores.ledgers.size]).toEqual([0, 0]);
  return { status, code: body.error.code, message: body.error.message };
}

describe('a decision', () => {
  test('for a customer whom nobody knows is made from priors, counted and recorded', async () => {
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(body.treatments).toMatchObject([
      { placementId: 'web/home-hero', channel: 'web', rank: 1, content: { title: 'Every match' } },
    ]);
    expect(body.treatments[0].propensity).toBeGreaterThan(0);
    expect(Object.keys(body)).toEqual(['decisionId', 'treatments']);
    expect(stores.made.get(body.decisionId)).toMatchObject({ personaId: ada, isKnown: false, touchpoint: 'web' });
    expect(stores.contactsOf(ada)).toEqual([body.decisionId]);
  });

  test('says why when it is asked to', async () => {
    const { body } = await ask({ body: { ...question, explain: true } });
    expect(body.explanation.text.length).toBeGreaterThan(0);
    const [{ placementId, candidates }] = body.explanation.placements;
    expect(placementId).toBe('web/home-hero');
    expect(candidates.map(({ name }: { name: string }) => name).sort()).toEqual(['The fibre', 'The tv']);
  });

  test('takes the customer’s own id as it is', async () => {
    await ask({ body: { ...question, customer: `customer_id:${ada}` } });
    expect(stores.contactsOf(ada)).toHaveLength(1);
  });

  test('is asked for by gzip too', async () => {
    const body = gzipSync(JSON.stringify(question));
    const { status } = await ask({ body, headers: { 'content-encoding': 'gzip' } });
    expect(status).toBe(200);
  });

  test('that is a preview counts, spends and records nothing, and says so', async () => {
    const budgets = { ...noBudgets, take: () => Promise.reject(new Error('taken')) };
    const { body } = await ask({ body: { ...question, preview: true }, over: { budgets } });
    expect(body).toMatchObject({ preview: true, treatments: [{ rank: 1 }] });
    expect([stores.made.size, stores.ledgers.size]).toEqual([0, 0]);
  });

  test('may be nothing', async () => {
    const { status, body } = await ask({ body: { ...question, placements: ['web/footer'] } });
    expect([status, body.treatments]).toEqual([200, []]);
  });
});

describe('a degraded answer', () => {
  test('says that models could not be read in time', async () => {
    const { status, body } = await ask({ over: { models: async () => undefined } });
    expect([status, body.degraded, body.treatments.length]).toEqual([200, ['models'], 1]);
  });

  test('leaves out what needs a budget that could not be read in time, and says so', async () => {
    const catalogue = [...offersNamed(['tv']).slice(0, -1), saved('budgets'), scarce];
    const read = { ...noBudgets, view: async () => new Map([['mails', { left: 5, price: 0 }]]) };
    const { body: whole } = await ask({ catalogue, over: { budgets: read } });
    expect([whole.degraded, whole.treatments]).toMatchObject([undefined, [{ treatmentId: 'scarce-hero' }]]);
    const { status, body } = await ask({ catalogue, over: { budgets: noBudgets } });
    expect([status, body.degraded, body.treatments]).toEqual([200, ['budgets'], []]);
  });
});

describe('an Idempotency-Key', () => {
  test('gets the same answer byte for byte, and counts once', async () => {
    const first = await ask({ idempotencyKey: 'one' });
    const again = await ask({ idempotencyKey: 'one', body: { ...question, context: {} } });
    expect(again.text).toBe(first.text);
    expect(stores.contactsOf(ada)).toEqual([first.body.decisionId]);
  });

  test('of another credential is another key', async () => {
    const first = await ask({ idempotencyKey: 'one' });
    const other = await ask({ idempotencyKey: 'one', key: 'both-key' });
    expect(other.status).toBe(200);
    expect(other.body.decisionId).not.toBe(first.body.decisionId);
  });

  test.each([
    ['another customer', { customer: 'user_id:bob' }],
    ['other placements', { placements: ['web/footer'] }],
    ['more placements', { placements: ['web/home-hero', 'web/footer'] }],
    ['another touchpoint', { touchpoint: 'app' }],
    ['another context', { context: { vip: true } }],
    ['another limit', { limit: 1 }],
    ['a preview', { preview: true }],
    ['an explanation', { explain: true }],
    ['placements in another order', { placements: ['web/home-hero', 'web/home-hero'] }],
  ])('that was used for %s is answered 409', async (_, other) => {
    await ask({ idempotencyKey: 'one', key: 'admin-key' });
    const { status, body } = await ask({ idempotencyKey: 'one', key: 'admin-key', body: { ...question, ...other } });
    expect([status, body.error.code]).toEqual([409, 'idempotency_key_reused']);
    expect([stores.made.size, stores.ledgers.size]).toEqual([1, 1]);
  });

  test.each([[''], ['k'.repeat(256)]])('that is %j is refused', async (idempotencyKey) => {
    const { status, code } = await refusal({ idempotencyKey });
    expect([status, code]).toEqual([400, 'invalid_idempotency_key']);
  });
});

describe('a caller', () => {
  test.each([
    ['without a key', null, 401, 'missing_credential'],
    ['with an unknown key', 'no-key', 401, 'unknown_credential'],
    ['with a revoked key', 'old-key', 401, 'revoked_credential'],
    ['without the scope decide', 'collect-key', 403, 'missing_scope'],
  ] as const)('%s is refused', async (_, key, status, code) => {
    expect(await refusal({ key })).toMatchObject({ status, code });
  });
});

describe('a place', () => {
  test.each([
    ['a placement of another touchpoint', 'web-key', { placements: ['call-centre/retention-desk'] }],
    ['one such placement among its own', 'web-key', { placements: ['web/home-hero', 'call-centre/retention-desk'] }],
    ['another touchpoint', 'web-key', { touchpoint: 'call-centre' }],
    ['its own touchpoint and a placement of another', 'app-key', { touchpoint: 'app' }],
    ['what is none of several', 'both-key', { placements: ['call-centre/retention-desk'] }],
  ])('that is %s is refused, and nothing is counted', async (_, key, over) => {
    expect(await refusal({ key, catalogue: desk, body: { ...question, ...over } })).toMatchObject({
      status: 403,
      code: 'foreign_touchpoint',
    });
  });

  test.each(['admin-key', 'both-key'])('that its credential speaks for is decided for: %s', async (key) => {
    expect((await ask({ key, catalogue: desk })).status).toBe(200);
  });

  test('is anywhere for who may do everything', async () => {
    const body = { ...question, touchpoint: 'store', placements: ['call-centre/retention-desk'] };
    expect((await ask({ key: 'admin-key', catalogue: desk, body })).status).toBe(200);
  });
});

describe('a request', () => {
  test.each([
    ['no JSON', 'no JSON', 'malformed_json', 'JSON'],
    ['no body', undefined, 'malformed_json', 'JSON'],
    ['no object', [], 'invalid_request', 'body'],
    ['without customer', { placements: ['web/home-hero'] }, 'invalid_request', 'customer'],
    ['without placement', { ...question, placements: [] }, 'invalid_request', 'placements'],
    ['of eleven placements', { ...question, placements: Array(11).fill('web/a') }, 'invalid_request', 'placements'],
    ['of a malformed placement', { ...question, placements: ['web/a', ' '] }, 'invalid_request', 'placements.1'],
    ['of an unknown touchpoint', { ...question, touchpoint: 'moon' }, 'invalid_request', 'touchpoint'],
    ['of a field that there is not', { ...question, contxt: {} }, 'invalid_request', 'no such field: contxt'],
    ['of a limit of 0', { ...question, limit: 0 }, 'invalid_request', 'limit'],
    ['of a type of identifier that nobody has', { ...question, customer: 'shoe:42' }, 'malformed_identifier', 'type'],
    ['of a blocked identifier', { ...question, customer: 'user_id:null' }, 'malformed_identifier', 'user_id'],
    ['of an unknown placement', { ...question, placements: ['web/moon'] }, 'unknown_placement', 'web/moon'],
    ['of too many bytes', `"${'x'.repeat(largestRequestBytes)}"`, 'body_too_large', 'bytes'],
    ['of broken gzip', Uint8Array.of(0x1f, 0x8b, 0), 'malformed_gzip', 'gzip'],
  ])('that is or has %s is refused, and is told where', async (_, body, code, where) => {
    const refused = await refusal({ body });
    expect(refused).toMatchObject({ status: 400, code });
    expect(refused.message).toContain(where);
  });

  test('in an encoding that is not gzip is refused', async () => {
    const { status, code } = await refusal({ headers: { 'content-encoding': 'br' } });
    expect([status, code]).toEqual([400, 'unsupported_encoding']);
  });
});

describe('what can be tried again', () => {
  const load = () => Promise.reject(new ItemsUnreadError('2 keys stayed unread'));
  const plan = () => Promise.reject(new CatalogueTornError('It did not add up'));

  test.each<[string, string, () => ChangeBody]>([
    ['a customer that keeps changing', 'CustomerContendedError', () => Object.assign(stores, { conflicts: 100 }) && {}],
    ['keys that stay unread', 'ItemsUnreadError', () => ({ over: { reads: { load } } })],
    ['a catalogue that keeps changing', 'CatalogueTornError', () => ({ plan })],
  ])('is answered 503 with Retry-After and logged without who was asked for: %s', async (_, name, changeRequestOf) => {
    const error = vi.spyOn(logger, 'error').mockImplementation(() => {});
    const { status, headers, body } = await ask(changeRequestOf());
    expect([status, headers['retry-after'], body.error.code]).toEqual([503, '1', 'busy']);
    expect(error.mock.calls).toMatchObject([['No decision was made', { error: { name } }]]);
    expect(JSON.stringify(error.mock.calls)).not.toContain('ada');
    expect(stores.made.size).toBe(0);
    error.mockRestore();
  });

  test('is not what the handler does not know: that is a fault', async () => {
    const plan = () => Promise.reject(new Error('no such table'));
    await expect(ask({ plan })).rejects.toThrow('no such table');
  });
});
