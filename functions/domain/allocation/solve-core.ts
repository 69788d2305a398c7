import type { AudienceChunk } from './audience-chunk.ts';
import { scoreOf } from './score.ts';
import { Seats } from './seats.ts';

/** Rounds in which customers may change to something of more value; each but the last gains. */
const mostRounds = 20;

/**
 * Chooses for the customers of a core under what the others leave of each resource. Guided by prices: who would lose most by anything
 * else chooses first, and takes the best after prices that still fits; those for whom two options tie come last and take what is left. Then
 * single changes are made as long as they gain.
 */
export function solveCore(core: AudienceChunk, prices: readonly number[], left: ArrayLike<number>): Seats {
  const seats = new Seats(core, left);
  const wishes = wishesOf(core, prices);
  for (const { customer, ranked } of wishes) ranked.some((option) => seats.change(customer, option));
  const order = wishes.map(({ customer }) => customer);
  for (let round = 0; round < mostRounds && improve(core, seats, order); round += 1);
  return seats;
}

interface Wishes {
  readonly customer: number;
  /** Options that leave something after prices, the best first. */
  readonly ranked: readonly number[];
  readonly regret: number;
}

/** The customers in the order in which they choose: it depends on what they could have, not on their order. */
function wishesOf(core: AudienceChunk, prices: readonly number[]): Wishes[] {
  const wishes = Array.from({ length: core.customers }, (_, customer): Wishes => {
    const scored = optionsOf(core, customer)
      .map((option) => ({ option, score: scoreOf(core, customer, option, prices) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score);
    return {
      customer,
      ranked: scored.map(({ option }) => option),
      regret: (scored[0]?.score ?? 0) - (scored[1]?.score ?? 0),
    };
  });
  return wishes.sort((a, b) => b.regret - a.regret || (core.draws[a.customer] ?? 0) - (core.draws[b.customer] ?? 0));
}

/** Gives each customer the most valuable option that fits in place of its own; tells whether anyone gained. */
function improve(core: AudienceChunk, seats: Seats, order: readonly number[]): boolean {
  let gained = false;
  for (const customer of order) {
    const better = optionsOf(core, customer)
      .filter((option) => (core.values[option] ?? 0) > seats.valueOf(customer))
      .sort((a, b) => (core.values[b] ?? 0) - (core.values[a] ?? 0));
    if (better.some((option) => seats.change(customer, option))) gained = true;
  }
  return gained;
}

function optionsOf({ optionEnds }: AudienceChunk, customer: number): number[] {
  const begin = optionEnds[customer - 1] ?? 0;
  return Array.from({ length: (optionEnds[customer] ?? 0) - begin }, (_, at) => begin + at);
}
