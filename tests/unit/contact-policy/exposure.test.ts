import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ContactLedger, emptyLedger } from '#domain/contact-policy/contact-ledger.ts';
import { type Exposure, unitOf, withExposures } from '#domain/contact-policy/exposure.ts';
import { decodeLedger, encodeLedger } from '#domain/contact-policy/ledger-codec.ts';
import { regroupLedgers } from '#domain/contact-policy/regroup-ledgers.ts';
import { anyGrouping, personaIds } from '#support/generators/any-ledgers.ts';

const exposure = (over: Partial<Exposure> = {}): Exposure => ({
  strategyId: 'everywhere',
  personaId: 'p1',
  unitId: 'p1',
  atMs: 1000,
  isPerson: true,
  ...over,
});

const anyExposure = fc.record({
  strategyId: fc.constantFrom('s1', 's2'),
  personaId: fc.constantFrom(...personaIds),
  unitId: fc.constantFrom(...personaIds, 'of-before'),
  atMs: fc.nat({ max: 20 }),
  isPerson: fc.boolean(),
});
const anyExposures = fc.array(anyExposure, { maxLength: 20 });

const alone = (exposures: readonly Exposure[]) =>
  new Map(
    personaIds.map((personaId) => [
      personaId,
      withExposures(
        emptyLedger([personaId]),
        exposures.filter((each) => each.personaId === personaId),
      ),
    ]),
  );
const texts = (ledgers: ReadonlyMap<string, ContactLedger>) =>
  [...ledgers].flatMap(([id, ledger]) => (ledger.personas.length > 0 ? [`${id} ${encodeLedger(ledger)}`] : [])).sort();

describe('exposures', () => {
  test('added in any order and any often give the same text, which reads back', () => {
    fc.assert(
      fc.property(
        anyExposures.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([exposures, shuffled]) => {
          const ledger = withExposures(emptyLedger(personaIds), exposures);
          const again = shuffled.reduce((sofar, one) => withExposures(sofar, [one, one]), emptyLedger(personaIds));
          expect(encodeLedger(again)).toBe(encodeLedger(ledger));
          expect(decodeLedger(encodeLedger(ledger))).toEqual(ledger);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('of one decision to several strategies have one text too', () => {
    const several = ['s3', 's1', 's2'].map((strategyId) => exposure({ strategyId }));
    const [one, other] = [several, several.toReversed()].map((each) => withExposures(emptyLedger(['p1']), each));
    expect(one).toEqual(other);
    expect(one?.exposures.map(({ strategyId }) => strategyId)).toEqual(['s1', 's2', 's3']);
  });

  test('go with their personas: any merges and unmerges give what the last grouping alone gives', () => {
    fc.assert(
      fc.property(anyExposures, fc.array(anyGrouping(), { maxLength: 6 }), anyGrouping(), (exposures, path, last) => {
        const walked = [...path, last].reduce((ledgers, each) => regroupLedgers(ledgers, each), alone(exposures));
        expect(texts(walked)).toEqual(texts(regroupLedgers(alone(exposures), last)));
        const apart = new Map(personaIds.map((personaId) => [personaId, personaId]));
        expect(texts(regroupLedgers(walked, apart))).toEqual(texts(alone(exposures)));
      }),
      { numRuns: 500 },
    );
  });

  test('of somebody who had one and is linked to others keep the unit: a person’s before a browser’s, then the earlier', () => {
    fc.assert(
      fc.property(anyExposures, anyExposures, (own, others) => {
        const before = withExposures(emptyLedger(personaIds), own);
        const after = withExposures(before, others);
        const first = before.exposures.find(({ strategyId }) => strategyId === 's1');
        const wins = (each: Exposure) =>
          each.strategyId === 's1' &&
          first !== undefined &&
          (each.isPerson === first.isPerson ? each.atMs <= first.atMs : each.isPerson);
        if (first !== undefined && !others.some(wins)) expect(unitOf(after, 's1')).toBe(first.unitId);
      }),
      { numRuns: 500 },
    );
  });

  test('of one strategy say nothing of another', () => {
    const ledger = withExposures(emptyLedger(['p1']), [exposure()]);
    expect([unitOf(ledger, 'everywhere'), unitOf(ledger, 'elsewhere')]).toEqual(['p1', undefined]);
  });

  test('are absent from ledgers that were written before they were kept', () => {
    expect(decodeLedger('{"contacts":[],"personas":["p1"],"presented":[],"schema":1}')).toEqual(emptyLedger(['p1']));
    expect(encodeLedger(emptyLedger(['p1']))).toBe('{"contacts":[],"personas":["p1"],"presented":[],"schema":1}');
  });
});
