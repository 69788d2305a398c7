import type { AudienceChunk } from './audience-chunk.ts';
import { addUses } from './closeness.ts';
import { optionsOf } from './options-of.ts';
import { scoreOf } from './score.ts';
import type { Seats } from './seats.ts';

/** A change of what a customer has. */
export interface Move {
  readonly customer: number;
  readonly from: number;
  readonly to: number;
  /** Moves of a lower rank are made first. */
  readonly rank: number;
}

/**
 * The moves that a chunk's customers could make, by rank, which is asked for each: of what it loses after prices, and the ticks of each
 * resource that it frees. Moves without a rank are left out.
 */
export function movesOf(
  chunk: AudienceChunk,
  prices: readonly number[],
  seats: Seats,
  rankOf: (move: Omit<Move, 'rank'>, loss: number, freed: Float64Array) => number | undefined,
): Move[] {
  const moves: Move[] = [];
  const freed = new Float64Array(prices.length);
  const score = (customer: number, option: number) => (option < 0 ? 0 : scoreOf(chunk, customer, option, prices));
  for (let customer = 0; customer < chunk.customers; customer += 1) {
    const from = seats.chosen[customer] ?? -1;
    const before = score(customer, from);
    for (const to of [-1, ...optionsOf(chunk, customer)]) {
      if (to === from) continue;
      freed.fill(0);
      addUses(chunk, from, 1, freed);
      addUses(chunk, to, -1, freed);
      const move = { customer, from, to };
      const rank = rankOf(move, before - score(customer, to), freed);
      if (rank !== undefined) moves.push({ ...move, rank });
    }
  }
  // Ties go by what a customer's id decides, not by where the customer stands.
  return moves.sort((a, b) => a.rank - b.rank || (chunk.draws[a.customer] ?? 0) - (chunk.draws[b.customer] ?? 0));
}
