import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dictionaryPacking } from '#adapters/dynamodb/dictionary-packing.ts';

const dictionary = Buffer.from('"event":"Product Viewed","products":[],"touchpoints":[["web",1]]'.repeat(30));
const { pack, unpack } = dictionaryPacking(dictionary);
const words = fc.array(
  fc.constantFrom('"event":', '"Product Viewed"', '1773144000000', ',', 'ü', '{"a":1}', 'x'.repeat(90)),
  {
    maxLength: 900,
  },
);

test('packs to the same bytes as with tables of full size, and reads them back', () => {
  fc.assert(
    fc.property(words, (parts) => {
      const text = parts.join('');
      const packed = pack(text);
      const plain = deflateRawSync(Buffer.from(text), { dictionary, level: 9 });
      expect(Buffer.from(packed.subarray(1)).equals(plain)).toBe(true);
      expect(unpack(packed)).toBe(text);
    }),
  );
});
