import type { AudienceChunk } from '#domain/allocation/audience-chunk.ts';

/** A chunk as bytes for a file of this machine: three lengths, and its lists, those of the widest numbers first. */
export function bytesOfChunk(chunk: AudienceChunk): Uint8Array {
  const { customers, values, ticks, draws, optionEnds, useEnds, places, resources } = chunk;
  const head = Float64Array.of(customers, values.length, ticks.length);
  const lists = [head, values, ticks, draws, optionEnds, useEnds, places, resources];
  const bytes = new Uint8Array(lists.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of lists) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}

/** The chunk that such bytes are; it uses them and copies nothing. */
export function chunkOfBytes({ buffer }: Uint8Array<ArrayBuffer>): AudienceChunk {
  const [customers = 0, options = 0, uses = 0] = new Float64Array(buffer, 0, headLength);
  let at = headLength * Float64Array.BYTES_PER_ELEMENT;
  const after = <List extends { readonly byteLength: number }>(list: List) => {
    at += list.byteLength;
    return list;
  };
  return {
    customers,
    values: after(new Float64Array(buffer, at, options)),
    ticks: after(new Float64Array(buffer, at, uses)),
    draws: after(new Uint32Array(buffer, at, customers)),
    optionEnds: after(new Uint32Array(buffer, at, customers)),
    useEnds: after(new Uint32Array(buffer, at, options)),
    places: after(new Uint16Array(buffer, at, options)),
    resources: after(new Uint16Array(buffer, at, uses)),
  };
}

const headLength = 3;
