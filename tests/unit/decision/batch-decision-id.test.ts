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

test('batches are stored apart whose hashes differ in any of the 56 bits that name them', () => {
  const hex = '0123456789abcdef'.repeat(2);
  for (let digit = 0; digit < 14; digit += 1) {
    const other = `${hex.slice(0, digit)}${hex[digit] === '0' ? '1' : '0'}${hex.slice(digit + 1)}`;
    const parts = [hex, other].map((batch) => sharedPart(batchDecisionId(batch, hex)));
    expect([digit, new Set(parts).size]).toEqual([digit, 2]);
  }
});

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
