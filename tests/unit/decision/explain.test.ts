import { expect, test } from 'vitest';
import { emptyLedger } from '#domain/contact-policy/contact-ledger.ts';
import { explain } from '#domain/decision/explain.ts';
import { normalQuantile } from '#domain/mathematics/normal-distribution.ts';
import { saved } from '#support/builders/catalogue-items.ts';
import { contact } from '#support/builders/contact.ts';
import { decisionFacts, decisionTime, outcomes, propensities } from '#support/builders/decision.ts';

const frame = [saved('placements', { limit: 2 }), saved('offer-groups'), saved('strategies', { holdoutShare: 0.1 })];
const one = (name: string, offer: object = {}, treatment: object = {}) => [
  saved('offers', { offerId: name.toLowerCase(), name, ...offer }),
  saved('treatments', { treatmentId: `${name.toLowerCase()}-hero`, offerId: name.toLowerCase(), ...treatment }),
];
const chances = { 'gold-hero': { mean: -1.18, variance: 0 }, 'silver-hero': { mean: -3, variance: 0 } };
const told = (items: ReturnType<typeof saved>[], over: object = {}) =>
  explain(
    outcomes(decisionFacts([...frame, ...items], { propensities: () => propensities(chances), ...over })).decision,
  );

test('says what is suggested, how likely a yes is and what it is worth', () => {
  const items = [...one('Gold'), ...one('Silver', { value: { amountMinor: 1250, currency: 'EUR' } })];
  expect(told(items)).toEqual([
    'We suggest Gold. We expect a yes from about 1 of 10 customers like this one, and a yes is worth about 40.00 EUR.',
    'We also suggest Silver. We expect a yes from fewer than 1 of 100 customers like this one, and a yes is worth about 12.50 EUR.',
  ]);
});

test.each([
  [0.999, 'about 9 of 10'],
  [0.34, 'about 3 of 10'],
  [0.1, 'about 1 of 10'],
  [0.095, 'about 1 of 10'],
  [0.094, 'about 9 of 100'],
  [0.04, 'about 4 of 100'],
  [0.006, 'about 1 of 100'],
  [0.004, 'fewer than 1 of 100'],
])('says of a chance of %f that it is %s', (chance, words) => {
  const mean = normalQuantile(chance);
  const [sentence] = told(one('Gold'), { propensities: () => propensities({ 'gold-hero': { mean, variance: 0 } }) });
  expect(sentence).toContain(`We expect a yes from ${words} customers`);
});

test.each([
  [1, 'EUR', '0.01 EUR'],
  [9_999, 'EUR', '99.99 EUR'],
  [10_049, 'EUR', '100 EUR'],
  [10_050, 'EUR', '101 EUR'],
  [99, 'JPY', '99 JPY'],
])('says of %i in the smallest unit of %s that it is %s', (amountMinor, currency, words) => {
  const [sentence] = told(one('Gold', { value: { amountMinor, currency } }));
  expect(sentence).toContain(`a yes is worth about ${words}.`);
});

test('says nothing of the worth of what is worth nothing', () => {
  const [sentence] = told(one('Gold', { value: { amountMinor: 0, currency: 'EUR' } }));
  expect(sentence).toMatch(/^We suggest Gold\. We expect a yes from about \d of 10 customers like this one\.$/);
});

test.each([
  ['conditions', { eligible: 'false' }, 'Gold was left out: this customer does not meet its conditions.'],
  ['fit', { applicable: 'false' }, 'Gold was left out: it does not fit what this customer has now.'],
  ['right', { suitable: 'false' }, 'Gold was left out: it would not be right for this customer at the moment.'],
  ['pause', { state: 'paused' }, 'Gold was left out: it is paused at the moment.'],
  ['start', { startsAt: '2026-04-01T10:00:00Z' }, 'Gold was left out: it starts on 1 April 2026 at 10:00.'],
  ['end', { endsAt: '2026-03-01T10:00:00Z' }, 'Gold was left out: it has ended.'],
])('says why an offer is left out: %s', (_what, offer, sentence) => {
  expect(told(one('Gold', offer))).toEqual(['There is nothing to suggest to this customer right now.', sentence]);
});

test('says when a customer was contacted often enough, and from when on it is possible again', () => {
  const policy = saved('contact-policies', { caps: [{ per: 'total', most: 1, windowDays: 7 }] });
  const ledger = {
    ...emptyLedger(['persona-1']),
    contacts: [contact({ atMs: decisionTime - 1000, personaId: 'persona-1' })],
  };
  expect(told([...one('Gold'), policy], { contacts: { ledger, responses: [], zone: 'UTC' } })[1]).toBe(
    'Gold was left out: had 1 of 1 contacts in the last 7 days; next possible on 9 March 2026 at 11:59.',
  );
});

test('says that it costs too much, that something else is better, and counts what it does not name', () => {
  const items = [
    ...one('Gold'),
    ...one('Silver'),
    ...['A', 'B', 'C', 'D', 'E', 'F', 'G'].flatMap((name) => one(name, { eligible: 'false' })),
    ...one('Dear', {}, { costMinor: 3000 }),
    ...one('Bronze', { lever: 0.001 }),
  ];
  expect(told(items).slice(2)).toEqual([
    'Bronze was left out: something else is the better choice for this customer now.',
    'Dear was left out: it would cost more than it is likely to bring.',
    'A was left out: this customer does not meet its conditions.',
    'B was left out: this customer does not meet its conditions.',
    'C was left out: this customer does not meet its conditions.',
    '4 other offers were left out too.',
  ]);
});

test('names five that are left out, and a sixth as one other', () => {
  const leftOut = (names: string) => told(names.split('').flatMap((name) => one(name, { eligible: 'false' }))).slice(1);
  expect(leftOut('ABCDE').map((sentence) => sentence.charAt(0))).toEqual(['A', 'B', 'C', 'D', 'E']);
  expect(leftOut('ABCDEF').slice(5)).toEqual(['One other offer was left out too.']);
});

test('says that a customer is held out, and that figures were missing', () => {
  expect(told(one('Gold'), { fractionOf: () => 0 })).toEqual([
    'There is nothing to suggest to this customer right now.',
    'This customer is in a group that gets no offers, so that we can measure what our offers are worth.',
  ]);
  expect(told(one('Gold'), { modelsRead: false }).at(-1)).toBe(
    'Some of our figures could not be read in time, so this is what we suggest to most customers.',
  );
});

test('uses no ids and no terms of the trade', () => {
  const items = [
    ...one('Gold', {}, { uses: [{ budgetId: 'mails', amount: 1 }] }),
    ...one('Silver'),
    ...one('Iron', { eligible: 'false' }),
  ];
  const text = told(items).join(' ');
  expect(text).not.toMatch(/gold-hero|silver-hero|budget|mails|propensity|eligib|score|treatment|arbitrat|profile\./i);
});
