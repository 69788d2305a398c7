import {
  type AllocationProblem,
  type Assigning,
  type Counting,
  endGathering,
  endPass,
  type Gathering,
  type Pricing,
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
  /** The chunks from the one at a place on. */
  chunks(from: number): Iterable<AudienceChunk> | AsyncIterable<AudienceChunk>;
}

/** Hears what is chosen of a chunk: the option of each of its customers, -1 for none. A chunk that was heard of before a crash is heard of again. */
export type HearAssigned = (chunk: AudienceChunk, options: Int32Array) => unknown;

/** How far an allocation is: plain JSON, with which another function goes on. */
export interface AllocationProgress {
  readonly allocation: Pricing | Counting | Gathering | Assigning;
  /** Chunks that the pass has behind it. */
  readonly chunks: number;
  readonly isDone: boolean;
}

/** Allocates to an audience in passes over it; what is held of it at once is a chunk, a sample and the core. */
export async function allocate(audience: AllocationAudience, hearAssigned: HearAssigned): Promise<Assigning> {
  const { allocation } = await allocateOnward(audience, undefined, hearAssigned, () => false);
  if (allocation.stage !== 'assigning') throw new Error(`The allocation ended while it was ${allocation.stage}`);
  return allocation;
}

/**
 * Goes on with an allocation until it is done, or time is up: that is asked after each chunk. What a sample or the core is gathered
 * from is read in one go; when that is broken off it starts again.
 */
export async function allocateOnward(
  audience: AllocationAudience,
  before: AllocationProgress | undefined,
  hearAssigned: HearAssigned,
  isTimeUp: () => boolean,
): Promise<AllocationProgress> {
  let progress: AllocationProgress = before ?? { allocation: startAllocation(audience), chunks: 0, isDone: false };
  const samples = sampler(audience);
  do progress = await goOn(audience, progress, samples, hearAssigned, isTimeUp);
  while (!progress.isDone && !isTimeUp());
  return progress;
}

/** Goes on with a pass, to its end or until time is up. */
async function goOn(
  audience: AllocationAudience,
  { allocation, chunks }: AllocationProgress,
  samples: ReturnType<typeof sampler>,
  hearAssigned: HearAssigned,
  isTimeUp: () => boolean,
): Promise<AllocationProgress> {
  let done = chunks;
  switch (allocation.stage) {
    case 'pricing': {
      let pricing = allocation;
      const share = shareOf(audience, allocation);
      for await (const chunk of share < 1 ? await samples(share, done) : audience.chunks(done)) {
        pricing = takeChunk(audience, pricing, chunk);
        done += 1;
        if (isTimeUp()) return { allocation: pricing, chunks: done, isDone: false };
      }
      return { allocation: endPass(audience, pricing), chunks: 0, isDone: false };
    }
    case 'counting': {
      let counting = allocation;
      for await (const chunk of audience.chunks(done)) {
        counting = takeChunk(audience, counting, chunk);
        done += 1;
        if (isTimeUp()) return { allocation: counting, chunks: done, isDone: false };
      }
      return { allocation: endPass(audience, counting), chunks: 0, isDone: false };
    }
    case 'gathering': {
      const gatherer = new CoreGatherer(allocation.prices, allocation.choice);
      for await (const chunk of audience.chunks(0)) gatherer.add(chunk);
      return { allocation: endGathering(audience, allocation, gatherer), chunks: 0, isDone: false };
    }
    case 'assigning': {
      let assigning = allocation;
      for await (const chunk of audience.chunks(done)) {
        const { options, progress } = assignChunk(chunk, assigning.prices, assigning.core, assigning.progress);
        await hearAssigned(chunk, options);
        assigning = { ...assigning, progress };
        done += 1;
        if (isTimeUp()) return { allocation: assigning, chunks: done, isDone: false };
      }
      return { allocation: assigning, chunks: done, isDone: true };
    }
  }
}

/** Samples of an audience, each as a single chunk; the last one is kept, for many passes go over it. */
function sampler(audience: AllocationAudience) {
  let kept: { readonly share: number; readonly chunk: AudienceChunk } | undefined;
  return async (share: number, from: number): Promise<readonly AudienceChunk[]> => {
    if (kept?.share !== share) {
      const parts: AudienceChunk[] = [];
      for await (const chunk of audience.chunks(0)) parts.push(sampleOf(chunk, share));
      kept = { share, chunk: joinChunks(parts) };
    }
    return from === 0 ? [kept.chunk] : [];
  };
}
