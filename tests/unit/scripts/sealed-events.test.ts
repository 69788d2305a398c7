import { expect, test } from 'vitest';
import { rejectionsSql, sealedEvents } from '#scripts/recover/sealed-events.ts';

test('asks for the days with both ends, and for one reason when it is named', () => {
  expect(rejectionsSql('2026-03-01', '2026-03-01', 'missing_identity')).toContain(
    "WHERE dt BETWEEN '2026-03-01' AND '2026-03-01' AND reason = 'missing_identity'",
  );
});

test.each([
  ['2026-03-02', '2026-03-01', undefined, 'Expected --from on or before --to, got 2026-03-02 and 2026-03-01'],
  ['yesterday', '2026-03-01', undefined, 'Expected days as YYYY-MM-DD'],
  ['2026-03-01', "2026-03-02' OR 'a' = 'a", undefined, 'Expected days as YYYY-MM-DD'],
  ['2026-03-01', '2026-03-02', 'nonsense', 'expected one of'],
])('refuses %s to %s with the reason %s', (from, to, reason, message) => {
  expect(() => rejectionsSql(from, to, reason)).toThrow(message);
});

const part = (payload: string, payload_part: string) => ({
  rejection_id: 'r1',
  received_at: '2026-03-01 12:00:00.000',
  touchpoint: 'web',
  payload,
  payload_part,
  payload_parts: '2',
});

test('puts the parts of an event together in their order, whatever the order of the rows', () => {
  expect(sealedEvents([part('second', '2'), part('first,', '1')])).toEqual([
    {
      rejectionId: 'r1',
      receivedAt: '2026-03-01T12:00:00.000Z',
      touchpoint: 'web',
      trust: 'public',
      sealed: 'first,second',
    },
  ]);
});

test('refuses an event of which a part has not landed', () => {
  expect(() => sealedEvents([part('second', '2')])).toThrow('Rejection r1 has 1 of 2 parts in the lake');
});
