import { expect, test } from 'vitest';
import { readCatalogue } from '#domain/catalogue/catalogue.ts';
import { emptyLedger } from '#domain/contact-policy/contact-ledger.ts';
import { decisionPlan } from '#domain/decision/decision-plan.ts';
import { factsOf } from '#domain/decision/facts-of.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import { interaction } from '#support/builders/interaction.ts';

test.each([
  ['told none', {}, 'America/Bogota'],
  ['told one', { timezone: 'Asia/Tokyo' }, 'Asia/Tokyo'],
  ['told one that there is not', { timezone: 'Mars/Olympus' }, 'America/Bogota'],
])('goes by the clock of a customer who %s, else by the stage’s', (_, context, zone) => {
  const { state } = fold(personaMemory(), [interaction({ context })]);
  const facts = factsOf({
    decisionId: 'd-1',
    personaId: 'p-1',
    asksPerson: true,
    nowMs: 0,
    plan: decisionPlan(readCatalogue([])),
    customer: { customerId: 'p-1', states: [state], ledger: emptyLedger(['p-1']) },
    budgets: new Map(),
    askModels: undefined,
    hash: () => '0000000000000000',
    usualZone: 'America/Bogota',
  });
  expect(facts.contacts.zone).toBe(zone);
});
