import {
  type AllocationProblem,
  type Assigning,
  endGathering,
  endPass,
  sampleOf,
  shareOf,
  startAllocation,
  takeChunk,
} from '#domain/allocation/allocation.ts';
import { assignChunk } from '#domain/allocation/assign-chunk.ts';
import { type AudienceChunk, joinChunks } from '#domain/allocation/audience-chunk.ts';
import { CoreGatherer } from '#domain/allocation/core-gatherer.ts';

/** An audience that can be read several times, in the same order each time; a chunk is only good until the next is asked for. */
export interface AllocationAudience extends AllocationProblem {
  chunks(): Iterable<AudienceChunk> | AsyncIterable<AudienceChunk>;
}

/** Hears what is chosen of a chunk: the option of each of its customers, -1 for none. */
export type HearAssigned = (chunk: AudienceChunk, options: Int32Array) => unknown;

/** Allocates to an audience in passes over it; what is held of it at once is a chunk, a sample and the core. */
export async function allocate(audience: AllocationAudience, hearAssigned: HearAssigned): Promise<Assigning> {
  let { prices, bound, core, progress } = await price(audience);
  for await (const chunk of audience.chunks()) {
    const assigned = assignChunk(chunk, prices, core, progress);
    progress = assigned.progress;
    await hearAssigned(chunk, assigned.options);
  }
  return { stage: 'assigning', prices, bound, core, progress };
}

async function price(audience: AllocationAudience): Promise<Assigning> {
  let state: ReturnType<typeof endPass> = startAllocation(audience);
  let sample: { readonly share: number; readonly chunk: AudienceChunk } | undefined;
  while (state.stage !== 'gathering') {
    if (state.stage === 'counting') {
      for await (const chunk of audience.chunks()) state = takeChunk(audience, state, chunk);
    } else {
      const share = shareOf(audience, state);
      if (share < 1 && sample?.share !== share) sample = { share, chunk: await sampleFrom(audience, share) };
      const chunks = share < 1 && sample !== undefined ? [sample.chunk] : audience.chunks();
      for await (const chunk of chunks) state = takeChunk(audience, state, chunk);
    }
    state = endPass(audience, state);
  }
  const gatherer = new CoreGatherer(state.prices, state.choice);
  for await (const chunk of audience.chunks()) gatherer.add(chunk);
  return endGathering(audience, state, gatherer);
}

async function sampleFrom(audience: AllocationAudience, share: number): Promise<AudienceChunk> {
  const parts: AudienceChunk[] = [];
  for await (const chunk of audience.chunks()) parts.push(sampleOf(chunk, share));
  return joinChunks(parts);
}
