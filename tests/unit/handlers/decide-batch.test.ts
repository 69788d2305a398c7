import type { Context } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { identityKeyOf } from '#adapters/secrets-manager/secret-identity-key.ts';
import { sharedPart } from '#domain/decision/batch-decision-id.ts';
import { touchpoints } from '#domain/vocabulary/touchpoint.ts';
import { decideBatch } from '#handlers/decide/decide-batch/decide-batch.ts';
import { handler } from '#handlers/decide/decide-batch/handler.ts';
import { BatchReusedError, CustomerContendedError, UnexpectedShapeError } from '#runtime/errors.ts';
import { offersNamed } from '#support/builders/decision.ts';
import { planOf } from '#support/builders/decision-maker.ts';
import { FakeDecisions } from '#support/fakes/fake-decisions.ts';

const batch = {
  batchId: '019cad2f-0000-7000-8000-0000000000ff',
  touchpoint: 'email',
  placements: ['web/home-hero'],
  context: {},
  customerIds: ['ada', 'bob', 'cy'],
};
const identityKey = identityKeyOf('k'.repeat(64));
const plan = planOf(offersNamed(['tv', 'fibre']));

let stores = new FakeDecisions();
beforeEach(() => {
  stores = new FakeDecisions();
});

const decide = (
  over: Partial<typeof batch> & { limit?: number } = {},
  faults: Parameters<FakeDecisions['maker']>[0] = {},
) =>
  decideBatch({
    touchpoints: [...touchpoints, 'kiosk'],
    identityKey: async () => identityKey,
    plan: async () => plan,
    maker: stores.maker(faults),
  })({ ...batch, ...over });

describe('a batch', () => {
  test('is answered in the order of its customers, under ids that are stored together and tell nothing of each other', async () => {
    const { decisions } = await decide();
    const ids = decisions.map(({ decisionId }) => decisionId);
    expect(new Set(ids.map(sharedPart)).size).toBe(1);
    expect(new Set(ids.map((id) => id.slice(17))).size).toBe(3);
    for (const id of ids) expect(z.uuid().safeParse(id).success).toBe(true);
    expect(decisions.map(({ decisionId }) => stores.made.get(decisionId))).toMatchObject(
      batch.customerIds.map((personaId) => ({ personaId, touchpoint: 'email' })),
    );
    expect(batch.customerIds.map((personaId) => stores.contactsOf(personaId).length)).toEqual([1, 1, 1]);
  });

  test('may be at a touchpoint that the stage adds, and at none that it has not', async () => {
    const { decisions } = await decide({ touchpoint: 'kiosk' });
    expect(stores.made.get(decisions[0]?.decisionId ?? '')).toMatchObject({ touchpoint: 'kiosk' });
    const elsewhere = decide({ batchId: '019cad2f-0000-7000-8000-0000000000fe', touchpoint: 'moon' });
    await expect(elsewhere).rejects.toThrow(UnexpectedShapeError);
    await expect(elsewhere).rejects.toThrow('got moon');
  });

  test('named in capitals makes decisions that are found by their ids in small letters', async () => {
    const { decisions } = await decide({ batchId: batch.batchId.toUpperCase() });
    expect(decisions.map(({ decisionId }) => decisionId)).toEqual([...stores.made.keys()]);
    expect([...stores.made.keys()].join()).toMatch(/^[-,0-9a-f]+$/);
  });

  test('that is asked again gets the same answer and counts nobody again', async () => {
    const first = await decide();
    expect(JSON.stringify(await decide())).toBe(JSON.stringify(first));
    expect(batch.customerIds.map((personaId) => stores.contactsOf(personaId).length)).toEqual([1, 1, 1]);
  });

  test.each([[['ada', 'eve', 'cy']], [['ada', 'bob', 'cy', 'eve']]])(
    'that was made before, asked again for %j, is a fault that counts nobody',
    async (customerIds) => {
      await decide();
      await expect(decide({ customerIds })).rejects.toThrow(BatchReusedError);
      expect(stores.contactsOf('eve')).toEqual([]);
    },
  );

  test.each([
    ['context', { context: { vip: true } }],
    ['limit', { limit: 1 }],
    ['touchpoint', { touchpoint: 'app' }],
    ['run of fewer customers', { customerIds: ['ada', 'bob'] }],
  ])('that was made before, asked again with another %s, is a fault', async (_, over) => {
    await decide();
    await expect(decide(over)).rejects.toThrow(BatchReusedError);
  });

  test('in which one customer keeps changing is a fault and records nothing; asked again it counts each once', async () => {
    const reserve: FakeDecisions['reserve'] = async (before, ledger) =>
      before.customerId === 'bob' ? 'conflict' : stores.reserve(before, ledger);
    await expect(decide({}, { ledgers: { reserve } })).rejects.toThrow(CustomerContendedError);
    expect(stores.made.size).toBe(0);
    await decide();
    expect(batch.customerIds.map((personaId) => stores.contactsOf(personaId).length)).toEqual([1, 1, 1]);
  });
});

test.each([
  ['without customers', { customerIds: [] }],
  ['of more customers than two digits tell apart', { customerIds: Array(257).fill('ada') }],
  ['without a batch id', { batchId: 'one' }],
  ['at what is no name of a touchpoint', { touchpoint: 'The Moon' }],
  ['without placements', { placements: [] }],
])('an event %s is a fault that names the place', async (_, over) => {
  const [field = ''] = Object.keys(over);
  const answer = handler({ ...batch, ...over }, {} as Context);
  await expect(answer).rejects.toThrow(UnexpectedShapeError);
  await expect(answer).rejects.toThrow(field);
});
