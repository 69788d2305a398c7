import type { AudienceChunk } from '#domain/allocation/audience-chunk.ts';
import { ChunkPacker } from '#domain/allocation/chunk-packer.ts';
import { resourcesOf } from '#domain/allocation/resource.ts';
import type { AllocationProblem } from '#ports/allocation.ts';
import { gather } from '#runtime/gather.ts';
import type { AllocationAudience } from './allocate.ts';

/** Chunks that are read at a time: one after the other, a million customers would take minutes. */
export const chunksAtOnce = 16;

/**
 * A problem's customers as passes read them: as numbers, of which those of the first chunks are held, and those of the others are read
 * again in each pass, so that what is held does not grow with the audience.
 */
export async function rereadAudience(
  { limits, chunks, customersOf }: Pick<AllocationProblem, 'limits' | 'chunks' | 'customersOf'>,
  mostBytesHeld: number,
): Promise<AllocationAudience> {
  const resources = resourcesOf(limits);
  const measure = new ChunkPacker(resources);
  const held: AudienceChunk[] = [];
  let bytes = 0;
  for await (const chunk of read(measure, 0)) {
    bytes += bytesOf(chunk);
    if (bytes <= mostBytesHeld) held.push(chunk);
  }
  async function* read(packer: ChunkPacker, from: number): AsyncGenerator<AudienceChunk> {
    for (let begin = from; begin < chunks.length; begin += chunksAtOnce) {
      const lists = await gather(chunks.slice(begin, begin + chunksAtOnce), chunksAtOnce, customersOf);
      for (const customers of lists) {
        for (const customer of customers) packer.add(customer);
        yield packer.take();
      }
    }
  }
  return {
    resources,
    size: measure.size,
    async *chunks(from) {
      yield* held.slice(from);
      yield* read(new ChunkPacker(resources), Math.max(from, held.length));
    },
  };
}

function bytesOf({ draws, optionEnds, values, places, useEnds, resources, ticks }: AudienceChunk): number {
  return [draws, optionEnds, values, places, useEnds, resources, ticks].reduce((sum, list) => sum + list.byteLength, 0);
}
