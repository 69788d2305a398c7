import type { AudienceChunk } from './audience-chunk.ts';

/** The options of a customer of a chunk. */
export function optionsOf({ optionEnds }: AudienceChunk, customer: number): number[] {
  const begin = optionEnds[customer - 1] ?? 0;
  return Array.from({ length: (optionEnds[customer] ?? 0) - begin }, (_, at) => begin + at);
}
