import { expect, test } from 'vitest';
import { encodeDecision } from '#domain/decision/encode-decision.ts';
import { tailOf } from '#domain/decision/record-text.ts';
import { wholeDecision } from '#domain/decision/whole-decision.ts';
import { saved } from '#support/builders/catalogue-items.ts';
import { decisionFacts, offersNamed, outcomes } from '#support/builders/decision.ts';

test('a record leaves out what arbitration works out anew and what is usual', () => {
  const richer = saved('offers', { offerId: 'tv', value: { amountMinor: 5000, currency: 'EUR' } });
  const { decision, shown } = outcomes(decisionFacts([...offersNamed(['phone']), richer, saved('treatments')]));
  expect(shown).toEqual(['tv-hero']);
  const record = encodeDecision(decision);
  // A zero is the row of what is shown, which stands in the head.
  expect(tailOf(record)).toEqual([[['phone-hero', 'phone', 'cross-sell', [0, 0, 4000]], 0]]);
  const [whole] = wholeDecision(record).placements;
  expect(whole?.candidates.map(({ withheld }) => withheld?.reason)).toEqual(['outranked', undefined]);
});

test('a record says what is not usual of an offer', () => {
  const rare = { kind: 'transactional', purpose: 'service', goal: 'conversion', goalDays: 7, lever: 2 };
  const { decision, candidate } = outcomes(decisionFacts(offersNamed(['receipt'], rare)));
  const read = wholeDecision(encodeDecision(decision)).placements[0]?.candidates[0];
  expect(read).toMatchObject({ kind: 'transactional', purpose: 'service', goal: 'conversion', goalDays: 7 });
  expect(read?.weighing).toEqual(candidate('receipt-hero')?.weighing);
});

test('a record says what was found in a treatment’s turn, which nobody works out anew', () => {
  const cap = saved('contact-policies', { caps: [{ per: 'total', most: 1, windowDays: 7 }] });
  const two = offersNamed(['tv', 'phone']).filter(({ kind }) => kind !== 'placements');
  const { decision } = outcomes(decisionFacts([saved('placements', { limit: 2 }), ...two, cap]));
  expect(encodeDecision(decision)).toContain('"contact_cap"');
});
