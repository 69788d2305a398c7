import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DecisionAnswer } from '#domain/decision/decision-answer.ts';
import { readItemFiles } from '#scripts/catalogue/item-files.ts';
import { carryOut, planPush } from '#scripts/catalogue/push.ts';
import { remoteCatalogue } from '#scripts/catalogue/remote-catalogue.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud('--now', '2026-03-02T12:00:00Z');
  const remote = remoteCatalogue({ url: cloud.info.url, key: cloud.info.adminKey });
  const { steps } = await planPush(readItemFiles('examples/catalogue').items, remote);
  await carryOut(steps, remote);
  await sendVisits(...customers);
  await cloud.settle();
});
afterAll(() => cloud.stop());

// Of arms that decide by the whole formula, by their hash under the example's salt.
const customers = ['ada', 'bob', 'cyd', 'dan', 'eve', 'fay', 'gus', 'hal'];
const hero = 'web/home-hero';

/** Three visits: enough for the sport channels to be applicable. */
async function sendVisits(...userIds: string[]) {
  const batch = userIds.flatMap((userId) =>
    ['m1', 'm2', 'm3'].map((id) => ({
      type: 'page',
      userId,
      messageId: `${userId}-${id}`,
      name: 'Home',
      context: { consent: { categoryPreferences: { marketing: true } } },
    })),
  );
  expect((await cloud.call('POST', '/v1/batch', { json: { batch } })).status).toBe(200);
}

async function decide(
  userId: string,
  over: object = {},
  headers: Record<string, string> = {},
): Promise<DecisionAnswer> {
  const json = { customer: `user_id:${userId}`, placements: [hero], ...over };
  const { status, body } = await cloud.call('POST', '/v1/decisions', { key: cloud.info.adminKey, json, headers });
  expect([status, body]).toEqual([200, body]);
  return body as DecisionAnswer;
}

const preview = (userId: string) => decide(userId, { preview: true, explain: true });
const propensityOf = ({ explanation }: DecisionAnswer, treatmentId: string) =>
  explanation?.placements[0]?.candidates.find((candidate) => candidate.treatmentId === treatmentId)?.weighing
    ?.propensity;

async function dispose(decisionId: string, treatmentId: string, disposition: string, more: object = {}) {
  const json = { decisionId, treatmentId, disposition, ...more };
  return cloud.call('POST', '/v1/dispositions', { key: cloud.info.adminKey, json });
}

/** The first of some customers to whom something is shown. */
async function shownTo(userIds: readonly string[]) {
  for (const userId of userIds) {
    const answer = await decide(userId);
    const [treatment] = answer.treatments;
    if (treatment !== undefined) return { userId, decisionId: answer.decisionId, treatmentId: treatment.treatmentId };
  }
  throw new Error('Everybody is held out');
}

test('turns an event into a decision, its disposition into another decision within 2 s of a processor, and all of it into Athena rows', async () => {
  const { userId, decisionId, treatmentId } = await shownTo(['ada', 'bob', 'cyd']);
  const before = propensityOf(await preview(userId), treatmentId) ?? 0;
  expect(before).toBeGreaterThan(0);

  const told = await dispose(decisionId, treatmentId, 'clicked');
  expect([told.status, told.body]).toEqual([200, { results: [{ index: 0, status: 'captured' }] }]);
  // What the cloud computes meanwhile, for a busy machine makes everything wait.
  const startSeconds = await cloud.cpuSeconds();
  let after = before;
  while (after <= before) after = propensityOf(await preview(userId), treatmentId) ?? 0;
  expect((await cloud.cpuSeconds()) - startSeconds).toBeLessThanOrEqual(2);

  // The event of the Segment spec means the same, and counts no second time.
  await cloud.call('POST', '/v1/track', {
    json: { userId, event: 'Promotion Clicked', properties: { decision_id: decisionId, promotion_id: treatmentId } },
  });
  await cloud.call('POST', '/v1/track', {
    json: { userId, event: 'Promotion Viewed', properties: { decision_id: decisionId } },
  });
  await cloud.settle();
  const rows = await cloud.query(
    `SELECT decisions, presented, clicked, accepted FROM v_treatment_performance
     WHERE treatment_id = '${treatmentId}' AND clicked > 0`,
  );
  expect(rows).toEqual([{ decisions: expect.any(String), presented: '1', clicked: '1', accepted: '0' }]);
  const candidates = await cloud.query(
    `SELECT treatment_id, result, place_shown FROM v_decisions WHERE decision_id = '${decisionId}' ORDER BY treatment_id`,
  );
  expect(candidates.map(({ treatment_id }) => treatment_id)).toEqual([
    'fibre-hero',
    'mesh-hero',
    'roaming-hero',
    'tv-hero',
  ]);
  expect(candidates.filter(({ result }) => result === 'shown')).toEqual([
    { treatment_id: treatmentId, result: 'shown', place_shown: expect.stringMatching(/^1(\.0)?$/) },
  ]);
  const pressure = await cloud.query('SELECT contacts, contacts_7_days, outbound_7_days FROM v_contact_pressure');
  expect(pressure).toContainEqual({ contacts: '1', contacts_7_days: '1', outbound_7_days: '0' });
});

test('counts as a response what the offer is for', async () => {
  const { decisionId, treatmentId } = await shownTo(['eve', 'fay', 'gus']);
  const responses = async () => {
    await cloud.settle();
    const sql = `SELECT SUM(response_rate * decisions) AS yes FROM v_treatment_performance WHERE treatment_id = '${treatmentId}'`;
    return Number((await cloud.query(sql))[0]?.yes);
  };
  const before = await responses();
  await dispose(decisionId, treatmentId, 'converted');
  expect((await responses()) - before).toBeCloseTo(1, 9);
});

test('replays a decision to the same bytes', async () => {
  const json = { customer: 'user_id:dan', placements: [hero, 'app/start-card'], explain: true };
  const made = await cloud.call('POST', '/v1/decisions', { key: cloud.info.adminKey, json });
  const { decisionId } = made.body as DecisionAnswer;
  const again = await cloud.call('POST', `/v1/decisions/${decisionId}/replay`, { key: cloud.info.adminKey });
  expect([again.status, again.headers.get('decision-replay')]).toEqual([200, 'same']);
  expect(JSON.stringify(again.body)).toBe(JSON.stringify(made.body));
  const none = await cloud.call('POST', '/v1/decisions/019cad2f-0000-7000-8000-000000000000/replay', {
    key: cloud.info.adminKey,
  });
  expect(none.status).toBe(404);
});

test('gives the same answer to the same Idempotency-Key, also at the same time, and counts one contact', async () => {
  const headers = { 'idempotency-key': 'visit-1' };
  const answers = await Promise.all(Array.from({ length: 6 }, () => decide('eve', {}, headers)));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  await cloud.settle();
  const [row] = await cloud.query(
    `SELECT count(DISTINCT decision_id) AS n FROM v_decisions WHERE decision_id = '${answers[0]?.decisionId}'`,
  );
  expect(row).toEqual({ n: '1' });
  const json = { customer: 'user_id:fay', placements: [hero] };
  const other = await cloud.call('POST', '/v1/decisions', { key: cloud.info.adminKey, json, headers });
  expect([other.status, other.body]).toMatchObject([409, { error: { code: 'idempotency_key_reused' } }]);
});

test('counts and records nothing of a preview, and answers customers whom nobody knows', async () => {
  const { decisionId, preview: isPreview } = await preview('gus');
  expect(isPreview).toBe(true);
  const { status } = await cloud.call('POST', `/v1/decisions/${decisionId}/replay`, { key: cloud.info.adminKey });
  expect(status).toBe(404);
  const stranger = await decide('nobody-ever-heard-of', { explain: true });
  expect(stranger.explanation?.placements[0]?.candidates.map(({ treatmentId }) => treatmentId)).toContain('tv-hero');
});

test('keeps and marks dispositions of decisions that nobody knows and those that come late', async () => {
  const unknown = '019cad2f-0000-7000-8000-000000000000';
  const { body } = await dispose(unknown, 'tv-hero', 'accepted', { value: { amountMinor: 100, currency: 'EUR' } });
  expect(body).toEqual({ results: [{ index: 0, status: 'unknown' }] });
  const { decisionId, treatmentId } = await shownTo(['hal', 'gus', 'fay']);
  await cloud.advance('P31D');
  expect((await dispose(decisionId, treatmentId, 'accepted')).body).toEqual({
    results: [{ index: 0, status: 'late' }],
  });
  await cloud.settle();
  const rows = await cloud.query(
    `SELECT is_late, is_unknown, value_minor FROM dispositions WHERE disposition = 'accepted' ORDER BY is_late`,
  );
  expect(rows).toEqual([
    { is_late: 'false', is_unknown: 'true', value_minor: '100' },
    { is_late: 'true', is_unknown: 'false', value_minor: null },
  ]);
});

test.each([
  ['no key', null, {}, 401, 'missing_credential'],
  ['a key without the scope', undefined, {}, 403, 'missing_scope'],
  ['an unknown placement', 'admin', { placements: ['web/nowhere'] }, 400, 'unknown_placement'],
  ['no placement', 'admin', { placements: [] }, 400, 'invalid_request'],
  ['an unknown type of identifier', 'admin', { customer: 'shoe_size:43' }, 400, 'malformed_identifier'],
])('refuses %s', async (_what, key, over, status, code) => {
  const json = { customer: 'user_id:ada', placements: [hero], ...over };
  const options = key === 'admin' ? { key: cloud.info.adminKey, json } : key === null ? { key, json } : { json };
  const answer = await cloud.call('POST', '/v1/decisions', options);
  expect([answer.status, answer.body]).toMatchObject([status, { error: { code } }]);
});

test('answers signed requests at the function’s own URL, past the HTTP API, and nobody who does not sign', async () => {
  const { accessKeyId, region, adminKey, outputs } = cloud.info;
  const scope = `${accessKeyId}/20260302/${region}/lambda/aws4_request`;
  const ask = async (headers: Record<string, string>) => {
    const response = await fetch(`${outputs.DecisionsUrl}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ customer: 'user_id:ada', placements: [hero], preview: true }),
    });
    return { status: response.status, body: await response.json() };
  };
  // The local cloud looks up the access key and leaves the signature alone.
  const signed = { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none` };
  expect(await ask({ ...signed, 'x-write-key': adminKey })).toMatchObject({
    status: 200,
    body: { decisionId: expect.any(String), treatments: expect.any(Array) },
  });
  expect(await ask(signed)).toMatchObject({ status: 401, body: { error: { code: 'missing_credential' } } });
  expect(await ask({ 'x-write-key': adminKey })).toMatchObject({ status: 403 });
});
