import { expect, test } from 'vitest';
import { readCatalogue } from '#domain/catalogue/catalogue.ts';
import { emptyLedger } from '#domain/contact-policy/contact-ledger.ts';
import { decisionPlan } from '#domain/decision/decision-plan.ts';
import { type FactSources, factsOf } from '#domain/decision/facts-of.ts';
import type { AskModels } from '#domain/decision/model-propensities.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import { interaction } from '#support/builders/interaction.ts';

const { state: seen } = fold(personaMemory(), [interaction()]);
const factsFrom = (over: Partial<FactSources> = {}) =>
  factsOf({
    decisionId: 'd-1',
    personaId: 'p-1',
    asksPerson: true,
    nowMs: 0,
    plan: decisionPlan(readCatalogue([])),
    customer: { customerId: 'c-1', states: [seen], ledger: emptyLedger(['p-1']) },
    budgets: new Map(),
    askModels: undefined,
    hash: () => '0000000000000000',
    usualZone: 'America/Bogota',
    ...over,
  });

test.each([
  ['told none', {}, 'America/Bogota'],
  ['told one', { timezone: 'Asia/Tokyo' }, 'Asia/Tokyo'],
  ['told one that there is not', { timezone: 'Mars/Olympus' }, 'America/Bogota'],
])('goes by the clock of a customer who %s, else by the stage’s', (_, context, zone) => {
  const { state } = fold(personaMemory(), [interaction({ context })]);
  const customer = { customerId: 'p-1', states: [state], ledger: emptyLedger(['p-1']) };
  expect(factsFrom({ customer }).contacts.zone).toBe(zone);
});

test('knows a customer of whom anything is stored, and shows models no profile of another', () => {
  const asked: (object | undefined)[] = [];
  const askModels: AskModels = (facts) => {
    asked.push(facts.profile);
    return { features: '', of: () => ({ posterior: { mean: 0, variance: 0 }, features: '' }) };
  };
  const stranger = { customerId: 'c-1', states: [], ledger: emptyLedger(['p-1']) };
  const both = [factsFrom({ askModels }), factsFrom({ askModels, customer: stranger })];
  expect(both.map(({ isKnown }) => isKnown)).toEqual([true, false]);
  for (const facts of both) facts.propensities('web/home-hero', {});
  expect(asked).toEqual([both[0]?.profile, undefined]);
});

test('deals a person by the persona that is asked for, and a browser by the customer that it belongs to', () => {
  expect(factsFrom().newUnitId).toBe('p-1');
  expect(factsFrom({ asksPerson: false }).newUnitId).toBe('c-1');
});

test('says whether models could be read in time', () => {
  const read: AskModels = () => ({ features: '', of: () => ({ posterior: { mean: 0, variance: 0 }, features: '' }) });
  expect([factsFrom().modelsRead, factsFrom({ askModels: read }).modelsRead]).toEqual([false, true]);
});
