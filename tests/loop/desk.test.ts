import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DecisionAnswer } from '#domain/decision/decision-answer.ts';
import { readItemFiles } from '#scripts/catalogue/item-files.ts';
import { carryOut, planPush } from '#scripts/catalogue/push.ts';
import { remoteCatalogue } from '#scripts/catalogue/remote-catalogue.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';

let cloud: TestCloud;
const told = { reason: 'too-expensive', rootCause: 'competitor-offer', agent: 'agent-7' };
let shown = { decisionId: '', userId: '' };

beforeAll(async () => {
  cloud = await startTestCloud('--now', '2026-03-02T12:00:00Z');
  const remote = remoteCatalogue({ url: cloud.info.url, key: cloud.info.adminKey });
  const { steps } = await planPush(readItemFiles('examples/catalogue').items, remote);
  await carryOut(steps, remote);
  const context = { consent: { categoryPreferences: { marketing: true } } };
  for (const userId of callers) {
    const visit = {
      type: 'page',
      userId,
      name: 'Home',
      properties: { query: 'tv', email: 'ada@example.com' },
      context,
    };
    const batch = [1, 2, 3].map((number) => ({ ...visit, messageId: `${userId}-${number}` }));
    expect((await cloud.call('POST', '/v1/batch', { json: { batch } })).status).toBe(200);
  }
  await cloud.settle();
  shown = await firstShown();
});
afterAll(() => cloud.stop());

const callers = ['ada', 'bob', 'cyd', 'dan'];
const admin = (method: string, path: string, json?: object) =>
  cloud.call(method, path, { key: cloud.info.adminKey, ...(json === undefined ? {} : { json }) });

/** A decision that showed the TV offer; some customers are held out. */
async function firstShown() {
  for (const userId of callers) {
    const question = { customer: `user_id:${userId}`, placements: ['web/home-hero'] };
    const { decisionId, treatments } = (await admin('POST', '/v1/decisions', question)).body as DecisionAnswer;
    if (treatments[0]?.treatmentId === 'tv-hero') return { decisionId, userId };
  }
  throw new Error('Nobody was shown tv-hero');
}

test('what an agent tells of a call is in the timeline, the lake, and what rules ask of both', async () => {
  const named = { decisionId: shown.decisionId, treatmentId: 'tv-hero', disposition: 'call-back' };
  const note = 'Mornings; or ada@example.com';
  const callBackAt = '2026-03-05T10:00:00+01:00';
  const { status } = await admin('POST', '/v1/dispositions', { ...named, ...told, note, callBackAt });
  expect(status).toBe(200);
  await cloud.settle();

  const { body } = await admin('GET', `/v1/customers/user_id:${shown.userId}/timeline`);
  const dispositions = (body as { interactions: { disposition?: object }[] }).interactions.flatMap(
    ({ disposition }) => disposition ?? [],
  );
  expect(dispositions).toEqual([{ ...named, ...told, note, callBackAt: '2026-03-05T09:00:00.000Z' }]);

  const rows = await cloud.query('SELECT reason, root_cause, agent, call_back_at, note FROM dispositions');
  expect(rows).toEqual([
    {
      reason: told.reason,
      root_cause: told.rootCause,
      agent: told.agent,
      call_back_at: '2026-03-05 09:00:00.000',
      note: 'Mornings; or [removed]',
    },
  ]);
  const details = { treatment_id: 'tv-hero', offer_id: 'tv-sport', reason: told.reason, root_cause: told.rootCause };
  const trait = { ...details, agent: told.agent, call_back_at: '2026-03-05T09:00:00.000Z' };
  const customer = await admin('GET', `/v1/customers/user_id:${shown.userId}`);
  expect(customer.body).toMatchObject({ traits: { 'disposition:call-back': trait } });
  const inLake = "element_at(traits, 'disposition:call-back')";
  const [row] = await cloud.query(`SELECT ${inLake} AS trait FROM v_customers WHERE ${inLake} IS NOT NULL`);
  expect(JSON.parse(row?.trait ?? '')).toEqual(trait);
});

test('the timeline has properties without personal data, and the decisions of its time', async () => {
  const { body } = await admin('GET', `/v1/customers/user_id:${shown.userId}/timeline?include=properties,decisions`);
  expect(body).toMatchObject({
    interactions: expect.arrayContaining([
      expect.objectContaining({ messageId: `${shown.userId}-1`, properties: { query: 'tv' } }),
    ]),
    decisions: [
      { decisionId: shown.decisionId, treatments: [{ treatmentId: 'tv-hero', offerId: 'tv-sport', channel: 'web' }] },
    ],
  });
});

test('what was refused is read with its reason and place, and a path that there is not is refused like all else', async () => {
  const lead = { type: 'track', event: 'Lead Submitted', messageId: 'lead', properties: { email: 'ada@example.com' } };
  await cloud.call('POST', '/v1/batch', { json: { batch: [lead] } });
  await cloud.settle();
  const { body } = await admin('GET', '/v1/rejected-interactions?reason=missing_identity&limit=1');
  expect(body).toMatchObject({
    rejections: [{ reason: 'missing_identity', path: 'userId', touchpoint: 'web', messageId: 'lead', events: 1 }],
    nextCursor: null,
  });
  for (const [method, path] of [
    ['GET', '/v1/nowhere'],
    ['DELETE', '/v1/nowhere'],
    ['PUT', '/'],
  ] as const) {
    const { status, body: refused } = await admin(method, path);
    expect([status, refused]).toMatchObject([404, { error: { code: 'unknown_endpoint' } }]);
  }
});
