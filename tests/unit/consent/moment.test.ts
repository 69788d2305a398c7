import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byMoment, isAsLate, isLater, lastSaid, latestOf, type Moment } from '#domain/consent/moment.ts';
import { microsecondsOf, sequenceOf } from '#domain/interaction/sequence.ts';

const runs = { numRuns: 5000 };
const moment = fc
  .record({ at: fc.nat(2), micros: fc.nat(1), place: fc.nat(2), receivedAt: fc.nat(3) })
  .map(({ at, micros, place, receivedAt }): Moment => ({ at, sequence: sequenceOf(micros, place), receivedAt }));
const isAtOnce = (a: Moment, b: Moment) => a.at === b.at && microsecondsOf(a.sequence) === microsecondsOf(b.sequence);

test('moments are in one order: of any two that differ one is later, and what is later than a later one is later', () => {
  fc.assert(
    fc.property(moment, moment, moment, (a, b, c) => {
      expect(Math.sign(byMoment(a, b))).toBe(0 - Math.sign(byMoment(b, a)));
      if (byMoment(a, b) === 0) expect(a).toEqual(b);
      if (byMoment(a, b) >= 0 && byMoment(b, c) >= 0) expect(byMoment(a, c)).toBeGreaterThanOrEqual(0);
    }),
    runs,
  );
});

test.each([
  ['latestOf', latestOf],
  ['lastSaid', lastSaid],
])('%s does not depend on order, grouping or repeats', (_, join) => {
  fc.assert(
    fc.property(moment, moment, moment, (a, b, c) => {
      expect(join(a, a)).toEqual(a);
      expect(join(a, b)).toEqual(join(b, a));
      expect(join(join(a, b), c)).toEqual(join(a, join(b, c)));
    }),
    runs,
  );
});

test('a yes is later than the latest of two noes only if it is later than both, and always if it is but for one that came at once with them', () => {
  fc.assert(
    fc.property(moment, moment, moment, (yes, a, b) => {
      const isLaterThanBoth = isLater(yes, a) && isLater(yes, b);
      if (isLater(yes, latestOf(a, b))) expect(isLaterThanBoth).toBe(true);
      const isDoubtful = isAtOnce(yes, latestOf(a, b)) && yes.receivedAt === latestOf(a, b).receivedAt;
      if (isLaterThanBoth && !isDoubtful) expect(isLater(yes, latestOf(a, b))).toBe(true);
    }),
    runs,
  );
});

test('the latest of two moments is as late as both', () => {
  fc.assert(
    fc.property(moment, moment, (a, b) => {
      expect(isAsLate(latestOf(a, b), a) && isAsLate(latestOf(a, b), b)).toBe(true);
    }),
    runs,
  );
});
