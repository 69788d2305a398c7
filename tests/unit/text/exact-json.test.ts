import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactJson } from '#domain/text/exact-json.ts';

test.each<[string, unknown]>([
  ['{"id":157963456375966712}', { id: '157963456375966712' }],
  ['{"id":157963456375966713}', { id: '157963456375966713' }],
  ['{"id": -157963456375966713 }', { id: '-157963456375966713' }],
  ['[9007199254740991,9007199254740992,9007199254740993]', [9007199254740991, '9007199254740992', '9007199254740993']],
  ['[1e21,1.5e21,1E+3]', ['1000000000000000000000', '1500000000000000000000', 1000]],
  ['[9007199254740993.5]', ['9007199254740993.5']],
  ['[1e400,1e999999999]', [`1e400`, '1e999999999']],
  [
    '{"a":[{"b":12345678901234567890}],"c":"12345678901234567890"}',
    { a: [{ b: '12345678901234567890' }], c: '12345678901234567890' },
  ],
  ['{"x":0.1234567890123456789,"y":19.99,"z":1e-7}', { x: 0.12345678901234568, y: 19.99, z: 1e-7 }],
  ['{"text":"a:12345678901234567890,4e5","n":4}', { text: 'a:12345678901234567890,4e5', n: 4 }],
  ['{"__proto__":12345678901234567890}', JSON.parse('{"__proto__":"12345678901234567890"}')],
])('%s keeps its digits', (json, value) => {
  expect(exactJson(json)).toEqual(value);
});

test('two whole numbers are the same value only if they are the same number', () => {
  const digits = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });
  fc.assert(
    fc.property(digits, fc.bigInt({ min: -3n, max: 3n }), (one, step) => {
      const [a, b] = [one, one + step].map((id) => exactJson(`{"id":${id}}`));
      expect(JSON.stringify(a) === JSON.stringify(b)).toBe(step === 0n);
      expect(String(Object(a).id)).toBe(String(one));
    }),
    { numRuns: 2000 },
  );
});

test('whatever has no large number is what JSON.parse makes of it', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (json) => {
      const parsed: unknown = JSON.parse(json);
      const isSmall = !/\d{16}|e\+/.test(json);
      if (isSmall) expect(exactJson(json)).toEqual(parsed);
    }),
  );
});

test('what is no JSON throws', () => {
  expect(() => exactJson('{"id":12345678901234567890')).toThrow(SyntaxError);
});
