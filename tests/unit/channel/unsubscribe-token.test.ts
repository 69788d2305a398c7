import '#support/property-seed.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readUnsubscribeToken, type Unsubscription, unsubscribeToken } from '#domain/channel/unsubscribe-token.ts';

const key = Buffer.alloc(32, 7);
const ada: Unsubscription = { personaId: 'p1', category: 'marketing:email', decisionId: 'd1', treatmentId: 'tv-email' };

test('a token says what was signed, in letters of an address', () => {
  const token = unsubscribeToken(key, ada);
  expect(token).toMatch(/^[\w.-]+$/);
  expect(readUnsubscribeToken(key, token)).toEqual(ada);
});

test('nothing that is changed, cut or signed with another key is read', () => {
  const token = unsubscribeToken(key, ada);
  expect(readUnsubscribeToken(Buffer.alloc(32, 8), token)).toBeUndefined();
  const bob = unsubscribeToken(key, { ...ada, personaId: 'p2' });
  expect(readUnsubscribeToken(key, `${bob.split('.')[0]}.${token.split('.')[1]}`)).toBeUndefined();
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom('', 'A', 'z', '.', '-', '%', '\0'), (at, letter) => {
      const changed = token.slice(0, at) + letter + token.slice(at + 1);
      const read = readUnsubscribeToken(key, changed);
      // The last letter of base64 has bits that say nothing.
      if (read !== undefined) expect(read).toEqual(ada);
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readUnsubscribeToken(key, text)).toBeUndefined();
    }),
  );
});
