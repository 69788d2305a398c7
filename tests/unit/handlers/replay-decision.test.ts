import { describe, expect, test } from 'vitest';
import type { Decision } from '#domain/decision/decision.ts';
import { answerOf } from '#domain/decision/decision-answer.ts';
import { encodeDecision } from '#domain/decision/encode-decision.ts';
import { wholeDecision } from '#domain/decision/whole-decision.ts';
import { replayDecision } from '#handlers/decide/replay-decision/replay-decision.ts';
import { behindApi } from '#support/behind-api.ts';
import { decisionFacts, offersNamed, outcomes, propensities } from '#support/builders/decision.ts';
import { httpRequest, knownCaller, type RequestParts } from '#support/builders/http-request.ts';

const uncertain = { mean: 0.2, variance: 0.5 };
const { decision: made } = outcomes(
  decisionFacts(offersNamed(['tv', 'fibre']), {
    propensities: () => propensities({ 'tv-hero': uncertain, 'fibre-hero': uncertain }),
  }),
);

const decision: Decision = { ...made, asked: { by: 'c-1', fingerprint: '' } };

async function replay(parts: RequestParts & { readonly id?: string; readonly stored?: Decision } = {}) {
  const { id = decision.decisionId, stored = wholeDecision(encodeDecision(decision)) } = parts;
  const decisions = { find: async (asked: string) => (asked === stored.decisionId ? stored : undefined) };
  const { statusCode, headers, body } = await behindApi(
    'replay-decision',
    replayDecision({ decisions }),
  )(httpRequest({ path: `/v1/decisions/${id}/replay`, pathParameters: { id }, ...parts }));
  return { status: statusCode, replayed: headers['decision-replay'], text: body, body: JSON.parse(body) };
}

describe('a replay', () => {
  test('gives what was answered, byte for byte, and says so', async () => {
    const { status, replayed, text } = await replay();
    expect([status, replayed]).toEqual([200, 'same']);
    expect(text).toBe(JSON.stringify(answerOf(decision)));
  });

  test('of a record whose numbers lead elsewhere says that it differs', async () => {
    const stored = structuredClone(decision);
    for (const { weighing } of stored.placements.flatMap(({ candidates }) => candidates)) {
      if (weighing !== undefined) weighing.valueMinor *= 2;
    }
    const { status, replayed, body } = await replay({ stored });
    expect([status, replayed, body.treatments.length]).toEqual([200, 'different', 1]);
  });

  test('takes an id in capitals', async () => {
    expect((await replay({ id: decision.decisionId.toUpperCase() })).replayed).toBe('same');
  });

  test.each(['019cad2f-0000-7000-8000-0000000000aa', 'no-id', ''])('of %j, which nobody knows, is 404', async (id) => {
    const { status, body } = await replay({ id });
    expect([status, body.error.code]).toEqual([404, 'unknown_decision']);
  });

  test.each([
    ['read', 200],
    ['decide', 200],
    ['collect catalogue', 403],
  ])('with the scopes %s is answered %i', async (scopes, status) => {
    expect((await replay({ caller: knownCaller(scopes) })).status).toBe(status);
  });

  test.each([
    ['the credential that asked', 'c-1', 'decide', 200],
    ['another one', 'c-2', 'decide read', 403],
    ['another one that may do everything', 'c-2', 'admin', 200],
  ])('asked for by %s', async (_, credentialId, scopes, status) => {
    const caller = { ...knownCaller(scopes), credentialId };
    expect((await replay({ caller })).status).toBe(status);
  });

  test('of a decision that does not say who asked is for who may do everything', async () => {
    expect((await replay({ stored: made, caller: knownCaller('decide read') })).status).toBe(403);
    expect((await replay({ stored: made })).status).toBe(200);
  });

  test('without a credential is refused', async () => {
    const { status, body } = await replay({ caller: { credential: 'absent' } });
    expect([status, body.error.code]).toEqual([401, 'missing_credential']);
  });
});
