import type { AudienceChunk } from './audience-chunk.ts';
import { addToSum, type ExactSum, emptySum } from './exact-sum.ts';
import { bonusOf, largestBonus } from './tie-breaker.ts';

/**
 * What a pass over customers adds up at some prices, at which each takes the option that leaves most after them. All sums are of
 * whole numbers, so that parts of an audience can be added in any order and grouping: the result is the same.
 */
export interface Tally {
  readonly customers: number;
  /** Ticks of each resource that are taken, to 2^52: 4,500 times a limit and more is too much, however much it is. */
  readonly uses: readonly number[];
  /** Customers that take of each resource. */
  readonly takers: readonly number[];
  /** Value of the options that take of each resource, in `worthsAUnit` of the unit. */
  readonly worths: readonly number[];
  /** What is left to all customers after prices: with what the limits cost, a bound of the optimum. */
  readonly left: ExactSum;
}

export const worthsAUnit = 2 ** 26;
const mostTicks = 2 ** 52;

export function emptyTally(resources: number): Tally {
  const zeros = Array.from({ length: resources }, () => 0);
  return { customers: 0, uses: zeros, takers: zeros, worths: zeros, left: emptySum };
}

export function addTallies(one: Tally, other: Tally): Tally {
  return {
    customers: one.customers + other.customers,
    uses: one.uses.map((ticks, k) => Math.min(mostTicks, ticks + (other.uses[k] ?? 0))),
    takers: one.takers.map((count, k) => count + (other.takers[k] ?? 0)),
    worths: one.worths.map((worth, k) => worth + (other.worths[k] ?? 0)),
    left: { high: one.left.high + other.left.high, low: one.left.low + other.left.low },
  };
}

/** Tallies a chunk at prices a tick; `valueUnit` is a power of two that no value is above. */
export function tallyChunk(chunk: AudienceChunk, prices: readonly number[], valueUnit: number): Tally {
  const { customers, draws, optionEnds, values, places, useEnds, resources, ticks } = chunk;
  const price = Float64Array.from(prices);
  const tally = {
    uses: new Float64Array(price.length),
    takers: new Float64Array(price.length),
    worths: new Float64Array(price.length),
  };
  const left = { high: 0, low: 0 };
  let option = 0;
  let use = 0;
  for (let customer = 0; customer < customers; customer += 1) {
    const draw = draws[customer] ?? 0;
    const end = optionEnds[customer] ?? 0;
    let mostLeft = 0;
    let bestScore = 0;
    let best = -1;
    for (; option < end; option += 1) {
      const value = values[option] ?? 0;
      const useEnd = useEnds[option] ?? 0;
      let score = value;
      for (; use < useEnd; use += 1) score -= (price[resources[use] ?? 0] ?? 0) * (ticks[use] ?? 0);
      if (score > mostLeft) mostLeft = score;
      const settled = score + value * largestBonus * bonusOf(draw, places[option] ?? 0);
      if (settled > bestScore) {
        bestScore = settled;
        best = option;
      }
    }
    addToSum(left, mostLeft / valueUnit);
    if (best >= 0) addTaken(chunk, best, Math.floor(((values[best] ?? 0) / valueUnit) * worthsAUnit), tally);
  }
  const { uses, takers, worths } = tally;
  return { customers, uses: [...uses], takers: [...takers], worths: [...worths], left };
}

function addTaken(
  { useEnds, resources, ticks }: AudienceChunk,
  option: number,
  worth: number,
  { uses, takers, worths }: Readonly<Record<'uses' | 'takers' | 'worths', Float64Array>>,
): void {
  const end = useEnds[option] ?? 0;
  for (let use = useEnds[option - 1] ?? 0; use < end; use += 1) {
    const k = resources[use] ?? 0;
    uses[k] = Math.min(mostTicks, (uses[k] ?? 0) + (ticks[use] ?? 0));
    takers[k] = (takers[k] ?? 0) + 1;
    worths[k] = (worths[k] ?? 0) + worth;
  }
}
