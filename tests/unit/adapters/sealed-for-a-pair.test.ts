import { createPrivateKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pairMark } from '#adapters/sealing/message-key-of.ts';
import { publicHalfOf } from '#adapters/sealing/public-half-of.ts';
import { sealerOf } from '#adapters/sealing/sealer-of.ts';
import { identityKeyOf } from '#adapters/secrets-manager/secret-identity-key.ts';
import { openerOf } from '#scripts/recover/opener-of.ts';
import { sealingPair } from '#support/sealing-pair.ts';

const identitySecret = 'k'.repeat(64);
const identityKey = identityKeyOf(identitySecret);
const { privateHalf, publicHalf } = sealingPair();
const sealer = sealerOf(publicHalf);
const open = openerOf({ privateHalf, identitySecret });

/** The two seals that the lake holds. */
const seals = [
  ['for a sealing key', (text: string) => sealer.seal(text)],
  ['with the identity key, as before', (text: string) => identityKey.seal(text)],
] as const;

describe.each(seals)('what is sealed %s', (_, seal) => {
  test('opens to what it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 2000 }), (text) => {
        expect(open(seal(text))).toBe(text);
      }),
    );
  });

  test('shows nothing of the text and is different each time', () => {
    const text = 'ann@example.org '.repeat(20);
    expect(Buffer.from(seal(text).replace(pairMark, ''), 'base64').toString('latin1')).not.toContain('ann');
    expect(seal(text)).not.toBe(seal(text));
  });

  test('does not open when any of its bits was changed', () => {
    const sealed = seal('{"a":1}');
    const mark = sealed.startsWith(pairMark) ? pairMark : '';
    const bytes = Buffer.from(sealed.slice(mark.length), 'base64');
    // The top bit of an X25519 key is one that every reader must ignore (RFC 7748, section 5); here the key is bound as it is written.
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const bent = Buffer.from(bytes);
      bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => open(`${mark}${bent.toString('base64')}`)).toThrow();
    }
  });

  test('does not open when it was cut, or given out for the other kind', () => {
    const sealed = seal('{"a":1}');
    const mark = sealed.startsWith(pairMark) ? pairMark : '';
    const bytes = Buffer.from(sealed.slice(mark.length), 'base64');
    for (let length = 0; length < bytes.length; length++) {
      expect(() => open(`${mark}${bytes.subarray(0, length).toString('base64')}`)).toThrow();
    }
    expect(() => open(mark === '' ? `${pairMark}${sealed}` : sealed.slice(mark.length))).toThrow();
  });
});

test('nothing opens what is sealed for a pair but its private half: no other pair, no identity key, no public half', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ minLength: 32, maxLength: 80 }),
      (text, secret) => {
        const one = sealingPair();
        const other = sealingPair();
        const sealed = sealerOf(one.publicHalf).seal(text);
        expect(openerOf({ privateHalf: one.privateHalf, identitySecret: secret })(sealed)).toBe(text);
        expect(() => openerOf({ privateHalf: other.privateHalf, identitySecret: secret })(sealed)).toThrow();
        expect(() => openerOf({ privateHalf: undefined, identitySecret: secret })(sealed)).toThrow(
          'the stage has none',
        );
        expect(() =>
          openerOf({ privateHalf: undefined, identitySecret: secret })(sealed.slice(pairMark.length)),
        ).toThrow();
      },
    ),
  );
});

test('another identity key opens nothing of before', () => {
  const other = openerOf({ privateHalf, identitySecret: 'o'.repeat(64) });
  expect(() => other(identityKey.seal('{"a":1}'))).toThrow();
});

test.each(['', 'none', 'A'.repeat(42), 'A'.repeat(86)])('seals for no %j, which is no public half', (text) => {
  expect(() => sealerOf(text)).toThrow();
});

test('a public half of zeros, whose secret everybody knows, seals nothing', () => {
  expect(() => sealerOf('A'.repeat(43)).seal('{"a":1}')).toThrow();
});

test('what a stage sealed opens years later: the format is stored and must never change', () => {
  const pem = [
    '-----BEGIN PRIVATE KEY-----',
    'MC4CAQAwBQYDK2VuBCIEIGjsUM4d4ndGVc0cfofta895N2R+q747LQDGNKvm93dE',
    '-----END PRIVATE KEY-----',
  ].join('\n');
  expect(publicHalfOf(createPrivateKey(pem))).toBe('kEAHHueGv6ImeX-ajUa-chRNCcklIW1UmBVAqkbXeTc');
  const known = openerOf({ privateHalf: pem, identitySecret });
  expect(known('2.fDPUN6eWlRUmD+IX3aK38M3z+4uijg62bUKAZq2DoQXo6PGZ3FOtI+idUYbw14Yyn7F5x+k56HGH')).toBe('{"a":1}');
});
