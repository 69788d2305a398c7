import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { UnexpectedShapeError } from '#runtime/errors.ts';

/**
 * For small texts deflate's tables and buffers, which are made anew for each, cost more than its work, and 260 KB a text have the
 * memory collected all the time. What fits into a window of 8 KB, less the longest match, is packed to the same bytes with that.
 */
const small = {
  bytes: 8192 - 262,
  deflate: { windowBits: 13, memLevel: 7, chunkSize: 2048 },
  inflate: { chunkSize: 2048 },
} as const;

/**
 * Packs stored texts by deflating them with a dictionary of what they are made of, the most frequent last: DynamoDB counts a write
 * by the kilobyte, and a small text has too little of its own to learn from. The first byte names the dictionary, the last of the
 * list packs. One that texts were stored with must never change: to improve it, add another at the end.
 */
export function dictionaryPacking(...dictionaries: readonly Buffer[]) {
  const current = dictionaries.length - 1;
  return {
    pack(text: string): Uint8Array {
      const bytes = Buffer.from(text, 'utf8');
      const dictionary = dictionaries[current];
      const isSmall = bytes.length + (dictionary?.length ?? 0) <= small.bytes;
      const packed = deflateRawSync(bytes, { dictionary, level: 9, ...(isSmall ? small.deflate : {}) });
      return Buffer.concat([Buffer.of(current), packed]);
    },

    /** Reads what `pack` made, today or with an earlier dictionary. Throws {@link UnexpectedShapeError}. */
    unpack(packed: Uint8Array): string {
      const dictionary = dictionaries[packed[0] ?? dictionaries.length];
      if (dictionary === undefined) throw new UnexpectedShapeError(`No dictionary has the number ${packed[0]}`);
      try {
        return inflateRawSync(packed.subarray(1), { dictionary, ...small.inflate }).toString('utf8');
      } catch (cause) {
        throw new UnexpectedShapeError('A stored text can’t be inflated', { cause });
      }
    },
  };
}
