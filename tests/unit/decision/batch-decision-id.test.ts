import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { identityKeyOf } from '#adapters/secrets-manager/secret-identity-key.ts';
import { batchDecisionId, sharedPart } from '#domain/decision/batch-decision-id.ts';
import { decisionIdOf, newDecisionId } from '#handlers/decide/make-decision/decision-id.ts';

const { hash } = identityKeyOf('k'.repeat(64));
const idOf = (batch: string, index: number) => batchDecisionId(hash('b', batch), hash('d', `${batch}:${index}`));

test('decisions of a batch are stored together under ids of which at least 64 bits are nobody else’s', () => {
  const seen = { ones: 0n, zeros: 0n };
  fc.assert(
    fc.property(fc.uuid(), fc.nat(255), fc.nat(255), (batch, a, b) => {
      const [one, other] = [idOf(batch, a), idOf(batch, b)];
      expect(sharedPart(one)).toBe(sharedPart(other));
      expect(one === other).toBe(a === b);
      expect(z.uuid().parse(one)).toBe(one);
      const own = BigInt(`0x${one.slice(17).replaceAll('-', '')}`);
      seen.ones |= own;
      seen.zeros |= ~own & ((1n << 68n) - 1n);
    }),
    { numRuns: 500 },
  );
  const free = seen.ones & seen.zeros;
  expect(free.toString(2).replaceAll('0', '').length).toBeGreaterThanOrEqual(64);
});

const hex = '0123456789abcdef'.repeat(2);
/** The hash with the lowest bit of one digit turned. */
const turnedAt = (digit: number) =>
  `${hex.slice(0, digit)}${(Number.parseInt(hex.charAt(digit), 16) ^ 1).toString(16)}${hex.slice(digit + 1)}`;

test.each(Array.from({ length: 14 }, (_, digit) => digit))(
  'batches whose hashes differ in digit %i are stored apart',
  (digit) => {
    const [one, other] = [hex, turnedAt(digit)].map((batch) => sharedPart(batchDecisionId(batch, hex)));
    expect(other).not.toBe(one);
  },
);

test.each(Array.from({ length: 17 }, (_, digit) => digit))(
  'decisions of a batch whose hashes differ in digit %i have two ids',
  (digit) => {
    const [one, other] = [hex, turnedAt(digit)].map((decision) => batchDecisionId(hex, decision));
    expect(other).not.toBe(one);
  },
);

test('a decision that is made alone is stored alone', () => {
  fc.assert(
    fc.property(fc.uuid({ version: 7 }), fc.string(), (id, key) => {
      const fresh = newDecisionId(() => id);
      expect(sharedPart(fresh)).toBe(id.slice(0, -2));
      const named = decisionIdOf({ hash }, 'c-1', key);
      expect(z.uuid().parse(named)).toBe(named);
      expect(sharedPart(named)).toBe(named.slice(0, -2));
    }),
  );
});
