import { expect, test } from 'vitest';
import { askModels, type KnownModels, noModels } from '#domain/decision/model-propensities.ts';
import type { PropensityFacts } from '#domain/propensity/features.ts';
import { priorModel } from '#domain/propensity/inherited-prior.ts';
import { learn } from '#domain/propensity/learn.ts';
import { basePrior } from '#domain/propensity/prior.ts';
import { emptyRecord, type ModelRecord, posteriorOf } from '#domain/propensity/propensity-model.ts';
import { Treatment } from '#domain/treatment/treatment.ts';
import { treatment } from '#support/builders/catalogue-items.ts';
import { unknownProfile } from '#support/builders/rule-facts.ts';

const facts: PropensityFacts = {
  profile: unknownProfile,
  segments: [],
  responses: [],
  placementId: 'web/home-hero',
  context: {},
  nowMs: 0,
  wallMs: 0,
};
/** What was learned from so many responses of everybody, so much of them positive. */
const learned = (count: number, share: number): ModelRecord =>
  learn(
    { record: emptyRecord, prior: basePrior },
    Array.from({ length: count }, (_, index) => ({ features: [], response: index < count * share, atMs: 0 })),
  );
const records: Readonly<Record<string, ModelRecord>> = {
  'treatment tv-hero': learned(50, 0.8),
  'offer tv': learned(400, 0.3),
  'channel web': learned(900, 0.1),
};
const known: KnownModels = { of: (kind, id) => records[`${kind} ${id}`] };
const tv = Treatment.parse(treatment());
const other = Treatment.parse(treatment({ treatmentId: 'tv-other' }));
const kinOf = (name: string) => ({ record: records[name] ?? emptyRecord, prior: basePrior });
const prior = priorModel({ offer: kinOf('offer tv'), channel: kinOf('channel web') });

// Of a customer of whom nothing is known the posterior is everybody's.
const stranger = { ...facts, profile: undefined };
const everybodys = (record: ModelRecord) => posteriorOf({ record, prior }, []);

test('a treatment speaks from its own data, with its offer and channel behind them', () => {
  const own = everybodys(records['treatment tv-hero'] ?? emptyRecord);
  expect(askModels(known)(stranger).of(tv).posterior).toEqual(own);
  expect(own).not.toEqual(everybodys(emptyRecord));
});

test('one without data of its own speaks from its offer and channel', () => {
  expect(askModels(known)(stranger).of(other).posterior).toEqual(everybodys(emptyRecord));
});

test('where no model is known the base prior speaks', () => {
  const base = posteriorOf({ record: emptyRecord, prior: basePrior }, []);
  expect(askModels(noModels)(stranger).of(tv).posterior).toEqual(base);
});

test('treatments that know the same say the same, and one that moved to another offer speaks from that', () => {
  const ask = askModels(known);
  const [first, second] = [other, { ...other, treatmentId: 'tv-third' }].map((each) => ask(facts).of(each));
  expect(second).toEqual(first);
  const moved = { ...other, offerId: 'phone' };
  const alone = askModels({ of: (kind, id) => (kind === 'channel' ? records[`channel ${id}`] : undefined) });
  expect(ask(stranger).of(moved).posterior).toEqual(alone(stranger).of(moved).posterior);
  expect(ask(stranger).of(moved).posterior).not.toEqual(ask(stranger).of(other).posterior);
});
