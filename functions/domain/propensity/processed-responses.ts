import { hash32 } from '#domain/text/stable-hash.ts';

/** Presentations that a model has learned from, by hash, and whether the response was positive. */
export type ProcessedResponses = ReadonlyMap<number, boolean>;

/** What to learn from a response to a presentation, given what was learned from it before. */
export type Teaching = 'learn' | 'correct' | 'nothing';

/** The hash of a presentation: 47 bits, so that among the 60,000 that one slot holds two are taken for one once in 40,000 slots. */
export function presentationHash(decisionId: string, treatmentId: string): number {
  const text = `${decisionId} ${treatmentId}`;
  return hash32(text) * 2 ** 15 + (hash32(text, 0x9747b28c) >>> 17);
}

/**
 * Each presentation is learned once. What comes again changes nothing; a positive response after a negative one corrects it, and
 * what was positive stays so.
 */
export function teachingOf(processed: ProcessedResponses, hash: number, response: boolean): Teaching {
  const before = processed.get(hash);
  if (before === undefined) return 'learn';
  return response && !before ? 'correct' : 'nothing';
}

/** The slot that remembers a presentation: the hour of its decision, UTC, as YYYY-MM-DDTHH. */
export function slotOf(decidedAt: string): string {
  return new Date(decidedAt).toISOString().slice(0, 13);
}

/** Six bytes a presentation, sorted: the hash, and the response as the last bit. */
export function encodeProcessed(processed: ProcessedResponses): Uint8Array {
  const bytes = Buffer.alloc(bytesEach * processed.size);
  for (const [position, [hash, response]] of [...processed].sort(([a], [b]) => a - b).entries()) {
    bytes.writeUIntBE(hash * 2 + (response ? 1 : 0), bytesEach * position, bytesEach);
  }
  return bytes;
}

/** Reads what `encodeProcessed` wrote. Throws a RangeError when it is cut off. */
export function decodeProcessed(bytes: Uint8Array): ProcessedResponses {
  if (bytes.length % bytesEach !== 0) throw new RangeError(`Presentations do not have ${bytes.length} bytes`);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new Map(
    Array.from({ length: bytes.length / bytesEach }, (_, position): [number, boolean] => {
      const value = buffer.readUIntBE(bytesEach * position, bytesEach);
      return [Math.floor(value / 2), value % 2 === 1];
    }),
  );
}

const bytesEach = 6;
