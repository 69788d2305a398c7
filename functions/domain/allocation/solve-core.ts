import type { AudienceChunk } from './audience-chunk.ts';
import { addUses } from './closeness.ts';
import { exchange } from './exchange.ts';
import { movesOf } from './moves.ts';
import { optionsOf } from './options-of.ts';
import { scoreOf } from './score.ts';
import { Seats } from './seats.ts';

/** Rounds of gains; each but the last gains. */
const mostRounds = 20;
/** In a larger core single changes leave less over than exchanges are worth their time for: a hundredth of a per cent. */
const mostExchanged = 2 ** 14;

/**
 * Chooses for the customers of a core under what the others leave of each resource. All take what is best at the prices; of what is
 * then taken too much, the changes that lose least give some back; then come changes that gain and fit, those first that lose least
 * after prices, and exchanges between two customers.
 */
export function solveCore(core: AudienceChunk, prices: readonly number[], left: ArrayLike<number>): Seats {
  const seats = new Seats(core, left);
  for (let customer = 0; customer < core.customers; customer += 1) seats.seat(customer, bestAt(core, prices, customer));
  giveBack(core, prices, seats);
  const exchanges = core.values.length <= mostExchanged;
  for (let round = 0; round < mostRounds; round += 1)
    if (!gain(core, prices, seats) && !(exchanges && exchange(core, prices, seats))) break;
  return seats;
}

function bestAt(core: AudienceChunk, prices: readonly number[], customer: number): number {
  let [most, best] = [0, -1];
  for (const option of optionsOf(core, customer)) {
    const score = scoreOf(core, customer, option, prices);
    if (score > most) [most, best] = [score, option];
  }
  return best;
}

/**
 * Gives back what is taken too much, by the changes that lose least for what they give back. No change takes too much of something
 * else, and to take nothing is one of each customer's, so that nothing is too much in the end.
 */
function giveBack(core: AudienceChunk, prices: readonly number[], seats: Seats): void {
  const over = [...seats.left.keys()].filter((k) => (seats.left[k] ?? 0) < 0);
  if (over.length === 0) return;
  const moves = movesOf(core, prices, seats, (_, loss, freed) => {
    if (!over.some((k) => (freed[k] ?? 0) > 0)) return undefined;
    const worth = over.reduce((sum, k) => sum + Math.max(0, freed[k] ?? 0) * (prices[k] ?? 0), 0);
    return loss <= 0 ? 0 : loss / worth;
  });
  const freed = new Float64Array(seats.left.length);
  for (const { customer, from, to } of moves) {
    if (seats.chosen[customer] !== from) continue;
    freed.fill(0);
    addUses(core, from, 1, freed);
    addUses(core, to, -1, freed);
    const isWanted = over.some((k) => (seats.left[k] ?? 0) < 0 && (freed[k] ?? 0) > 0);
    const isAllowed = freed.every((ticks, k) => ticks >= 0 || (seats.left[k] ?? 0) + ticks >= 0);
    if (isWanted && isAllowed) seats.seat(customer, to);
  }
}

/** Makes changes that gain and fit; tells whether there were any. */
function gain(core: AudienceChunk, prices: readonly number[], seats: Seats): boolean {
  const moves = movesOf(core, prices, seats, ({ customer, to }, loss) =>
    (core.values[to] ?? 0) > seats.valueOf(customer) && seats.lacking(customer, to) < 0 ? loss : undefined,
  );
  let gained = false;
  for (const { customer, from, to } of moves)
    if (seats.chosen[customer] === from && seats.change(customer, to)) gained = true;
  return gained;
}
