import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dispositionToRow } from '#contracts/lake/dispositions/disposition-rows.ts';
import { dayMs } from '#domain/calendar/days.ts';
import { capture } from '#domain/disposition/capture.ts';
import { type Disposition, dispositions } from '#domain/vocabulary/disposition.ts';
import { decisionFacts, decisionTime, offersNamed, outcomes } from '#support/builders/decision.ts';

/** What a disposition of the only treatment means that a decision about an offer with these fields shows. */
function captured(disposition: Disposition, offer: Record<string, unknown> = {}, daysAfter = 1) {
  const { decision } = outcomes(decisionFacts(offersNamed(['tv'], offer)));
  const told = {
    decisionId: decision.decisionId,
    treatmentId: 'tv-hero',
    disposition,
    occurredAt: new Date(decisionTime + daysAfter * dayMs).toISOString(),
    receivedAt: new Date(decisionTime + daysAfter * dayMs).toISOString(),
    touchpoint: 'web',
  };
  const made = capture(told, decision);
  if (made.kind === 'unknown') throw new TypeError('Expected a disposition of a known decision');
  return made;
}

describe('a disposition of a treatment', () => {
  test.each([
    ['acceptance', ['accepted', 'converted']],
    ['click', ['clicked', 'accepted', 'converted']],
    ['conversion', ['converted']],
  ])('is a yes for the goal %s when it is one of %j', (goal, expected) => {
    const responseTo = (disposition: Disposition) =>
      dispositionToRow(captured(disposition, { goal }).captured).response;
    expect(dispositions.filter((disposition) => responseTo(disposition) === true)).toEqual(expected);
    expect(dispositions.filter((disposition) => responseTo(disposition) === false)).toEqual([
      'rejected',
      'ignored',
      'complained',
      'unsubscribed',
    ]);
  });

  test('is late after the days of the offer, which are 30 unless it says fewer', () => {
    expect(captured('accepted', {}, 30).kind).toBe('captured');
    expect(captured('accepted', {}, 30.001).kind).toBe('late');
    expect(captured('accepted', { goalDays: 2 }, 2).captured).toMatchObject({ goal: 'acceptance', isLate: false });
    expect(captured('accepted', { goalDays: 2 }, 2.001)).toMatchObject({ kind: 'late', captured: { isLate: true } });
  });

  test('is never of a time before its decision or after its arrival, nor worth more than a treatment can bring', () => {
    const { decision } = outcomes(decisionFacts(offersNamed(['tv'])));
    const times = fc.integer({ min: -400 * dayMs, max: 40 * dayMs });
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 40 * dayMs }), fc.nat(1e12), (occurred, received, valueMinor) => {
        const iso = (ms: number) => new Date(decisionTime + ms).toISOString();
        const told = { decisionId: decision.decisionId, treatmentId: 'tv-hero', disposition: 'converted' as const };
        const times = { occurredAt: iso(occurred), receivedAt: iso(received) };
        const made = capture({ ...told, ...times, touchpoint: 'web', valueMinor, currency: 'EUR' }, decision);
        if (made.kind === 'unknown') throw new TypeError('Expected a disposition of a known decision');
        const at = Date.parse(made.interaction.occurredAt);
        expect(at).toBeGreaterThanOrEqual(decisionTime);
        expect(at).toBeLessThanOrEqual(decisionTime + received);
        expect(made.captured.record.valueMinor).toBeLessThanOrEqual(1e10);
      }),
    );
  });
});
