import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoContactLedgers } from '#adapters/customers-table/dynamo-contact-ledgers.ts';
import { dynamoDecisions } from '#adapters/decisions-table/dynamo-decisions.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { answerOf } from '#domain/decision/decision-answer.ts';
import type { Spending } from '#ports/budgets.ts';
import { CustomerContendedError } from '#runtime/errors.ts';
import { saved } from '#support/builders/catalogue-items.ts';
import { offersNamed } from '#support/builders/decision.ts';
import { noBudgets, planOf, question, testMaker } from '#support/builders/decision-maker.ts';
import { FakeDecisions } from '#support/fakes/fake-decisions.ts';
import { watched } from '#support/identity-table.ts';
import { startTestTable, type TestTable } from '#support/local-dynamodb.ts';

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table[Symbol.asyncDispose]());

const hero = ['web/home-hero'];
const plan = planOf(offersNamed(['tv', 'fibre']));
const maker = (over: Parameters<typeof testMaker>[2] = {}) => testMaker(table.client, table.name, over);
const ledgerOf = async (personaId: string) =>
  (await dynamoContactLedgers(table.client, table.name).load(personaId)).ledger?.contacts ?? [];

test('takes one read and two writes', async () => {
  const { client, roundTrips } = watched(table.client);
  await testMaker(client, table.name).decideOne(plan, question('calls', hero));
  expect(roundTrips()).toBe(3);
  expect(await ledgerOf('calls')).toHaveLength(1);
});

test('puts on record once who deals somebody that is held out, and nothing where nothing is compared', async () => {
  const { client, roundTrips } = watched(table.client);
  const held = planOf([...offersNamed(['tv']), saved('strategies', { holdoutShare: 1 })]);
  await testMaker(client, table.name).decideOne(held, question('held', hero));
  expect(roundTrips()).toBe(3);
  await testMaker(client, table.name).decideOne(held, question('held', hero));
  expect(roundTrips()).toBe(5);
  const { ledger } = await dynamoContactLedgers(table.client, table.name).load('held');
  expect(ledger?.exposures).toEqual([
    { strategyId: 'everywhere', personaId: 'held', unitId: 'held', atMs: expect.any(Number), isPerson: true },
  ]);
  await maker().decideOne(plan, question('compared', hero));
  expect((await dynamoContactLedgers(table.client, table.name).load('compared')).ledger?.exposures).toEqual([]);
});

test('goes on where it died between counting the contact and recording the decision, and counts once', async () => {
  const asked = question('crash', hero, { isRepeatable: true });
  const decisions = dynamoDecisions(table.client, table.name);
  const dying = maker({ decisions: { ...decisions, save: () => Promise.reject(new Error('gone')) } });
  await expect(dying.decideOne(plan, asked)).rejects.toThrow('gone');
  expect(await ledgerOf('crash')).toHaveLength(1);
  const made = await maker().decideOne(plan, asked);
  const again = await maker().decideOne(plan, asked);
  expect(await ledgerOf('crash')).toHaveLength(1);
  expect(JSON.stringify(answerOf(again))).toBe(JSON.stringify(answerOf(made)));
});

test('does not count its own first attempt’s contact against itself: under a cap of one it answers what it counted', async () => {
  const capped = planOf([
    ...offersNamed(['tv', 'fibre']),
    saved('contact-policies', { caps: [{ per: 'total', most: 1, windowDays: 7 }] }),
  ]);
  const asked = question('capped', hero, { isRepeatable: true });
  const decisions = dynamoDecisions(table.client, table.name);
  const dying = maker({ decisions: { ...decisions, save: () => Promise.reject(new Error('gone')) } });
  await expect(dying.decideOne(capped, asked)).rejects.toThrow('gone');
  const [counted] = await ledgerOf('capped');
  const made = await maker().decideOne(capped, asked);
  expect(answerOf(made).treatments.map(({ treatmentId }) => treatmentId)).toEqual([counted?.treatmentId]);
  expect(await ledgerOf('capped')).toHaveLength(1);
  const another = await maker().decideOne(capped, question('capped', hero));
  expect(answerOf(another).treatments).toEqual([]);
});

test('answers the same to all who ask the same at the same time', async () => {
  const asked = question('race', hero, { isRepeatable: true });
  const answers = await Promise.all(Array.from({ length: 10 }, () => maker().decideOne(plan, asked)));
  expect(new Set(answers.map((decision) => JSON.stringify(answerOf(decision)))).size).toBe(1);
  expect(await ledgerOf('race')).toHaveLength(1);
});

test('counts, spends and records nothing of a preview', async () => {
  const asked = question('preview', hero);
  const budgets = { ...noBudgets, take: () => Promise.reject(new Error('taken')) };
  const decision = await maker({ budgets }).decideOne(plan, { ...asked, request: { ...asked.request, preview: true } });
  expect(answerOf(decision)).toMatchObject({ preview: true, treatments: [{ rank: 1 }] });
  expect(await ledgerOf('preview')).toEqual([]);
  expect(await dynamoDecisions(table.client, table.name).find(decision.decisionId)).toBeUndefined();
});

test('decides for a batch once, however often it is asked', async () => {
  const asked = Array.from({ length: 20 }, (_, index) =>
    question(`batch-${index}`, hero, {
      decisionId: `019cad2f-0000-7000-8000-0000000000${index.toString(16).padStart(2, '0')}`,
    }),
  );
  const first = await maker().decideBatch(plan, asked);
  const second = await maker().decideBatch(plan, asked);
  expect(first.map(({ personaId }) => personaId)).toEqual(asked.map(({ personaId }) => personaId));
  expect(second.map((decision) => JSON.stringify(answerOf(decision)))).toEqual(
    first.map((decision) => JSON.stringify(answerOf(decision))),
  );
  for (const { personaId } of asked) expect(await ledgerOf(personaId)).toHaveLength(1);
});

const uses = [{ budgetId: 'mails', amount: 1 }];
const spending = [...offersNamed([]), saved('budgets'), saved('offers'), saved('treatments', { uses })];

describe('a decision that finds itself recorded when it comes to that', () => {
  /** Decides on stores whose save does something first, and gives what was given back of budgets. */
  async function decideWhen(beforeSave: (stores: FakeDecisions, decision: Decision) => void) {
    const stores = new FakeDecisions();
    const given: Spending[] = [];
    const save: FakeDecisions['save'] = async (decisions) => {
      beforeSave(stores, decisions[0]);
      return stores.save(decisions);
    };
    const decisions = { save, find: (id: string) => stores.find(id) };
    const budgets = {
      ...noBudgets,
      view: async () => new Map([['mails', { left: 5, price: 0 }]]),
      giveBack: (each: Spending) => void given.push(each),
    };
    const decided = await stores.maker({ decisions, budgets }).decideOne(planOf(spending), question('p', hero));
    return { decided, given };
  }

  test('by itself, for only the answer was lost, has spent what it took', async () => {
    const { decided, given } = await decideWhen((stores, decision) => stores.save([decision]));
    expect(decided.placements.flatMap(({ candidates }) => candidates)).toMatchObject([{ outcome: { rank: 1 } }]);
    expect(given).toEqual([]);
  });

  test('by somebody else gives back what it took, and answers as they did', async () => {
    const { decided, given } = await decideWhen((stores, decision) => stores.save([{ ...decision, atMs: 7 }]));
    expect(decided.atMs).toBe(7);
    expect(given).toMatchObject([{ uses }]);
  });
});

test('gives back what the others of a batch took when one of them fails, and decides all of it again', async () => {
  const stores = new FakeDecisions();
  const given: Spending[] = [];
  const budgets = {
    ...noBudgets,
    view: async () => new Map([['mails', { left: 5, price: 0 }]]),
    giveBack: (each: Spending) => void given.push(each),
  };
  const asked = ['a', 'b', 'c'].map((personaId, index) =>
    question(personaId, hero, { decisionId: `019cad2f-0000-7000-8000-00000000010${index}` }),
  );
  const failing: FakeDecisions['reserve'] = async (before, ledger) => {
    if (before.customerId === 'b') throw new Error('gone');
    return stores.reserve(before, ledger);
  };
  const broken = stores.maker({ budgets, ledgers: { reserve: failing } });
  await expect(broken.decideBatch(planOf(spending), asked)).rejects.toThrow('gone');
  expect(given).toMatchObject([{ uses }, { uses }]);
  expect(await stores.maker({ budgets }).decideBatch(planOf(spending), asked)).toHaveLength(3);
  expect(given).toHaveLength(2);
});

test('a decision that somebody else is about to record is asked for again', async () => {
  const stores = new FakeDecisions();
  const decisions = { find: async () => undefined, save: async () => 'exists' as const };
  const asked = stores.maker({ decisions }).decideOne(plan, question('p', hero));
  await expect(asked).rejects.toThrow(CustomerContendedError);
});

test('decides again without a budget that turns out to be short', async () => {
  const scarce = [
    ...offersNamed(['tv']),
    saved('budgets'),
    saved('offers', { offerId: 'rich', value: { amountMinor: 900_000, currency: 'EUR' } }),
    saved('treatments', { treatmentId: 'rich-hero', offerId: 'rich', uses: [{ budgetId: 'mails', amount: 1 }] }),
  ];
  const budgets = {
    ...noBudgets,
    view: async () => new Map([['mails', { left: 5, price: 0 }]]),
    take: async (uses: readonly { budgetId: string; amount: number }[], worthMinor: number, atMs: number) =>
      uses.length > 0
        ? { kind: 'short' as const, budgetId: 'mails' }
        : { kind: 'taken' as const, uses, worthMinor, atMs },
  };
  const decision = await maker({ budgets }).decideOne(planOf(scarce), question('short', hero));
  expect(answerOf(decision).treatments.map(({ treatmentId }) => treatmentId)).toEqual(['tv-hero']);
});
