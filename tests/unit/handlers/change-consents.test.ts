import { describe, expect, test } from 'vitest';
import { identityKeyOf } from '#adapters/secrets-manager/secret-identity-key.ts';
import { defaultIdentifiers } from '#domain/identity/identifier-catalogue.ts';
import { consentsIn } from '#domain/profile/consents.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import { changeConsents } from '#handlers/profile/change-consents/change-consents.ts';
import { behindApi } from '#support/behind-api.ts';
import { httpRequest, knownCaller, type RequestParts } from '#support/builders/http-request.ts';
import { FakeBus } from '#support/fakes/fake-bus.ts';
import { freeAllowances } from '#support/fakes/free-allowances.ts';

const key = identityKeyOf('k'.repeat(64));
const nowMs = Date.parse('2026-03-10T12:00:00Z');

async function change(body: unknown, parts: RequestParts = {}, bus = new FakeBus()) {
  const handle = behindApi(
    'change-consents',
    changeConsents({
      allowances: freeAllowances,
      bus,
      identityKey: async () => key,
      identifiers: defaultIdentifiers,
      now: () => nowMs,
      newId: () => 'id-1',
    }),
  );
  const answer = await handle(httpRequest({ pathParameters: { identifier: 'user_id:ada' }, body, ...parts }));
  return { status: answer.statusCode, body: JSON.parse(answer.body), received: bus.details('InteractionsReceived') };
}

describe('a change of consents', () => {
  test('becomes an interaction of the persona, from which the profile has them', async () => {
    const { status, body, received } = await change({ marketing: true, 'marketing:email': false });
    const [persona] = received.flatMap(({ personas }) => personas);
    expect([status, body.personaId]).toEqual([202, key.personaId('user_id', 'ada')]);
    expect(persona?.personaId).toBe(body.personaId);
    const consents = consentsIn(fold(personaMemory(), persona?.interactions ?? []).state);
    expect(consents.get('marketing')).toMatchObject({ granted: true, at: nowMs });
    expect(consents.get('marketing:email')).toMatchObject({ granted: false, at: nowMs });
  });

  test('of a public key is a claim of whom it names, and is told no keyed hash', async () => {
    const caller = { ...knownCaller('collect'), trust: 'public' } as const;
    const { status, body, received } = await change({ marketing: false }, { caller });
    const [interaction] = received.flatMap(({ personas }) => personas.flatMap(({ interactions }) => interactions));
    expect([status, Object.keys(body)]).toEqual([202, ['occurredAt']]);
    expect(interaction).toMatchObject({
      standing: 'claimed',
      identifiers: [{ key: `user_id:${key.hash('user_id', 'ada')}`, value: 'ada' }],
    });
  });

  test.each([
    [{}, 'invalid_request', 'body: Expected 1 to 32 purposes.'],
    [{ marketing: 'yes' }, 'invalid_request', 'marketing: Invalid input: expected boolean, received string'],
    [{ 'Not a purpose': true }, 'invalid_request', 'Not a purpose: '],
    [[true], 'invalid_request', 'body: Invalid input: expected record, received array'],
    ['no JSON', 'malformed_json', 'Expected a body of JSON.'],
  ])('that is %j is refused, and says where it is wrong', async (body, code, message) => {
    const { status, body: answer, received } = await change(body);
    expect([status, answer.error.code, received]).toEqual([400, code, []]);
    expect(answer.error.message).toContain(message);
  });

  test('needs the scope collect', async () => {
    const { status, body } = await change({ marketing: true }, { caller: knownCaller('read decide') });
    expect([status, body.error.code]).toEqual([403, 'missing_scope']);
  });

  test('asks to be sent again when the bus takes nothing', async () => {
    const bus = new FakeBus();
    bus.isDown = true;
    const { status, body } = await change({ marketing: true }, {}, bus);
    expect([status, body.error.code]).toEqual([503, 'bus_unavailable']);
  });
});
