import type { AudienceChunk } from './audience-chunk.ts';
import { bonusOf, largestBonus } from './tie-breaker.ts';

/** What an option leaves after prices a tick, with what settles ties. */
export function scoreOf(chunk: AudienceChunk, customer: number, option: number, prices: ArrayLike<number>): number {
  const value = chunk.values[option] ?? 0;
  let score = value + value * largestBonus * bonusOf(chunk.draws[customer] ?? 0, chunk.places[option] ?? 0);
  const end = chunk.useEnds[option] ?? 0;
  for (let use = chunk.useEnds[option - 1] ?? 0; use < end; use += 1)
    score -= (prices[chunk.resources[use] ?? 0] ?? 0) * (chunk.ticks[use] ?? 0);
  return score;
}
