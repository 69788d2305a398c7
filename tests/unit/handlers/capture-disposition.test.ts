import { beforeEach, describe, expect, test, vi } from 'vitest';
import { captureDisposition } from '#handlers/respond/capture-disposition/capture-disposition.ts';
import { logger } from '#runtime/lambda.ts';
import { behindApi } from '#support/behind-api.ts';
import { decisionFacts, decisionTime, offersNamed, outcomes } from '#support/builders/decision.ts';
import { httpRequest, knownCaller, type RequestParts } from '#support/builders/http-request.ts';
import { FakeBus } from '#support/fakes/fake-bus.ts';
import { FakeDispositions } from '#support/fakes/fake-dispositions.ts';
import { freeAllowances } from '#support/fakes/free-allowances.ts';

const hourMs = 3_600_000;
const { decision } = outcomes(decisionFacts(offersNamed(['tv'])));
const { decisionId } = decision;
const unknownId = '019cad2f-0000-7000-8000-00000000ffff';
const clicked = { decisionId, treatmentId: 'tv-hero', disposition: 'clicked' };

let bus = new FakeBus();
let dispositions = new FakeDispositions(decision);
let nowMs = 0;
beforeEach(() => {
  bus = new FakeBus();
  dispositions = new FakeDispositions(decision);
  nowMs = decisionTime + hourMs;
});

async function tell(body: unknown, parts: RequestParts = {}) {
  let ids = 0;
  const handle = behindApi(
    'capture-disposition',
    captureDisposition({
      allowances: freeAllowances,
      dispositions,
      bus,
      now: () => nowMs,
      newId: () => `id-${ids++}`,
    }),
  );
  const { statusCode, headers, body: text } = await handle(httpRequest({ path: '/v1/dispositions', body, ...parts }));
  return { status: statusCode, headers, body: JSON.parse(text) };
}

const statusesOf = async (body: unknown) =>
  (await tell(body)).body.results.map(({ status }: { status: string }) => status);
const captured = () => bus.details('DispositionCaptured').flatMap((detail) => detail.dispositions);
const unknown = () => bus.details('DispositionCaptured').flatMap((detail) => detail.unknown);
const personas = () => bus.details('InteractionsReceived').flatMap((detail) => detail.personas);

describe('a disposition', () => {
  test('is remembered, and told to the profile, the lake and the models', async () => {
    const { status, body } = await tell(clicked);
    expect([status, body]).toEqual([200, { results: [{ index: 0, status: 'captured' }] }]);
    const messageId = `disposition:${decisionId}:tv-hero:clicked`;
    expect([...dispositions.told.keys()]).toEqual([messageId]);
    expect(captured()).toMatchObject([
      { decisionId, treatmentId: 'tv-hero', offerId: 'tv', disposition: 'clicked', isLate: false },
    ]);
    expect(personas()).toMatchObject([
      {
        personaId: 'persona-1',
        interactions: [{ messageId, type: 'track', touchpoint: 'web', properties: { offer_id: 'tv' } }],
      },
    ]);
  });

  test('without a time is of its arrival', async () => {
    await tell(clicked);
    const arrival = new Date(nowMs).toISOString();
    expect([...dispositions.told.values()]).toMatchObject([{ occurredAt: arrival, receivedAt: arrival }]);
  });

  test('has its time in UTC and its value', async () => {
    await tell({
      ...clicked,
      disposition: 'converted',
      occurredAt: '2026-03-02T13:30:00+01:00',
      value: { amountMinor: 1999, currency: 'EUR' },
    });
    expect(captured()).toMatchObject([
      { occurredAt: '2026-03-02T12:30:00.000Z', record: { valueMinor: 1999, currency: 'EUR' } },
    ]);
  });

  test('of an agent has reason, root cause, call-back time in UTC and note, in profile and lake', async () => {
    const words = {
      reason: 'too-expensive',
      rootCause: 'competitor-offer',
      agent: 'agent-7',
      note: 'Prefers mornings',
    };
    await tell({ ...clicked, disposition: 'call-back', ...words, callBackAt: '2026-03-05T10:00:00+01:00' });
    expect(captured()).toMatchObject([{ record: { details: { ...words, callBackAt: '2026-03-05T09:00:00.000Z' } } }]);
    const asked = { reason: 'too-expensive', root_cause: 'competitor-offer', agent: 'agent-7' };
    const told = { ...asked, call_back_at: '2026-03-05T09:00:00.000Z' };
    const [interaction] = personas().flatMap(({ interactions }) => interactions);
    expect(interaction?.properties).toMatchObject({ ...told, note: 'Prefers mornings' });
    expect(interaction?.traits).toEqual({
      'disposition:call-back': { treatment_id: 'tv-hero', offer_id: 'tv', ...told },
    });
  });

  test('of a decision in capitals is of that decision', async () => {
    expect(await statusesOf({ ...clicked, decisionId: decisionId.toUpperCase() })).toEqual(['captured']);
  });

  test('that comes late, or of what was not decided, is kept and marked', async () => {
    nowMs = decisionTime + 31 * 24 * hourMs;
    const reports = [clicked, { ...clicked, decisionId: unknownId }, { ...clicked, treatmentId: 'no-hero' }];
    expect(await statusesOf(reports)).toEqual(['late', 'unknown', 'unknown']);
    expect(captured()).toMatchObject([{ isLate: true }]);
    expect(unknown()).toMatchObject([{ unknown: 'decision' }, { unknown: 'treatment', treatmentId: 'no-hero' }]);
    expect(personas().flatMap(({ interactions }) => interactions)).toHaveLength(1);
  });
});

describe('a list', () => {
  test('is answered in its order, whichever decisions it mixes', async () => {
    const reports = [{ ...clicked, decisionId: unknownId }, clicked, { ...clicked, decisionId: unknownId }];
    expect((await tell(reports)).body.results).toEqual([
      { index: 0, status: 'unknown' },
      { index: 1, status: 'captured' },
      { index: 2, status: 'unknown' },
    ]);
  });

  test('reads a decision once', async () => {
    await tell([clicked, { ...clicked, disposition: 'accepted' }]);
    expect(dispositions.loaded).toEqual([decisionId]);
    expect(captured().map(({ disposition }) => disposition)).toEqual(['clicked', 'accepted']);
  });
});

describe('what is told again', () => {
  test('is told on as it was first', async () => {
    await tell({ ...clicked, occurredAt: '2026-03-02T12:10:00Z' });
    bus = new FakeBus();
    expect(await statusesOf({ ...clicked, occurredAt: '2026-03-02T12:50:00Z' })).toEqual(['captured']);
    expect(captured()).toMatchObject([{ occurredAt: '2026-03-02T12:10:00.000Z' }]);
    expect(dispositions.told.size).toBe(1);
  });

  test('in the same list has the time of the first', async () => {
    const reports = ['2026-03-02T12:10:00Z', '2026-03-02T12:50:00Z'].map((occurredAt) => ({ ...clicked, occurredAt }));
    expect(await statusesOf(reports)).toEqual(['captured', 'captured']);
    expect(new Set(captured().map(({ occurredAt }) => occurredAt))).toEqual(new Set(['2026-03-02T12:10:00.000Z']));
  });

  test('at the same time is told on as whoever was faster said', async () => {
    dispositions.beforeSave = () => tell({ ...clicked, occurredAt: '2026-03-02T12:10:00Z' });
    await tell({ ...clicked, occurredAt: '2026-03-02T12:50:00Z' });
    expect(captured().map(({ occurredAt }) => occurredAt)).toEqual(Array(2).fill('2026-03-02T12:10:00.000Z'));
  });

  test('after the bus was down is told on, though it had been remembered', async () => {
    const error = vi.spyOn(logger, 'error').mockImplementation(() => {});
    bus.isDown = true;
    const { status, headers, body } = await tell(clicked);
    expect([status, headers['retry-after'], body.error.code]).toEqual([503, '1', 'bus_unavailable']);
    expect(error.mock.calls).toMatchObject([['The bus took not every entry', {}]]);
    bus.isDown = false;
    expect(await statusesOf(clicked)).toEqual(['captured']);
    expect(captured()).toHaveLength(1);
    error.mockRestore();
  });
});

describe('a request', () => {
  test.each([
    ['no JSON', 'clicked!', 'malformed_json', 'JSON'],
    ['no body', undefined, 'malformed_json', 'JSON'],
    ['no object', 7, 'invalid_request', 'body'],
    ['an empty list', [], 'invalid_request', 'body'],
    ['more than may come at once', Array(501).fill(clicked), 'invalid_request', '500'],
    ['no decision id', { ...clicked, decisionId: 'd-1' }, 'invalid_request', 'decisionId'],
    ['an unknown disposition', [clicked, { ...clicked, disposition: 'loved' }], 'invalid_request', '1.disposition'],
    ['a time that is none', { ...clicked, occurredAt: 'now' }, 'invalid_request', 'occurredAt'],
    ['half a minor unit', { ...clicked, value: { amountMinor: 0.5, currency: 'EUR' } }, 'invalid_request', 'value'],
    ['a field that there is not', { ...clicked, occuredAt: '2026-03-02T12:00:00Z' }, 'invalid_request', 'occuredAt'],
    ['such a field within', { ...clicked, value: { amount: 5 } }, 'invalid_request', 'amount'],
    ['no reason in its reason', { ...clicked, reason: ' ' }, 'invalid_request', 'reason'],
    ['no time to call back', { ...clicked, callBackAt: 'tomorrow' }, 'invalid_request', 'callBackAt'],
    ['a time to come', { ...clicked, occurredAt: '2026-03-04T12:00:00Z' }, 'timestamp_out_of_range', 'arrival'],
    ['a time before 1970', { ...clicked, occurredAt: '1969-12-31T00:00:00Z' }, 'timestamp_out_of_range', '1970'],
  ])('with %s is refused whole, and is told where', async (_, body, code, where) => {
    const refused = await tell(body);
    expect([refused.status, refused.body.error.code]).toEqual([400, code]);
    expect(refused.body.error.message).toContain(where);
    expect([dispositions.told.size, bus.entries]).toEqual([0, []]);
  });

  test.each([
    ['presented', 200],
    ['clicked', 200],
    ['rejected', 200],
    ['ignored', 200],
    ['complained', 200],
    ['unsubscribed', 200],
    ['accepted', 403],
    ['converted', 403],
    ['bounced', 403],
    ['no-answer', 403],
    ['considering', 403],
    ['call-back', 403],
    ['not-reached', 403],
  ])('of a public key that tells %s is answered %i, and with a value refused whole', async (disposition, status) => {
    const caller = { ...knownCaller('collect'), trust: 'public' } as const;
    const value = { amountMinor: 5, currency: 'EUR' };
    const bodies = [
      { ...clicked, value },
      { ...clicked, reason: 'price' },
      [clicked, { ...clicked, disposition, value }],
    ];
    for (const body of bodies) {
      expect((await tell(body, { caller })).body.error.code).toBe('not_for_public_keys');
    }
    expect([dispositions.told.size, bus.entries]).toEqual([0, []]);
    expect((await tell({ ...clicked, disposition }, { caller })).status).toBe(status);
  });

  test('with a value that no treatment brings is refused', async () => {
    const { status, body } = await tell({ ...clicked, value: { amountMinor: 1e12, currency: 'EUR' } });
    expect([status, body.error.code]).toEqual([400, 'invalid_request']);
  });

  test.each([
    ['collect', 200],
    ['decide', 200],
    ['read catalogue admin', 403],
  ])('with the scopes %s is answered %i', async (scopes, status) => {
    expect((await tell(clicked, { caller: knownCaller(scopes) })).status).toBe(status);
  });

  test.each(['absent', 'unknown', 'revoked'] as const)('of an %s credential is answered 401', async (credential) => {
    const { status, body } = await tell(clicked, { caller: { credential } });
    expect([status, bus.entries]).toEqual([401, []]);
    expect(body.error.code).toMatch(/_credential$/);
  });
});
