import type { AudienceChunk } from './audience-chunk.ts';
import { scoreOf } from './score.ts';
import { Seats } from './seats.ts';
import { addValue, type ValueSum } from './value-sum.ts';

/** What is chosen of a core, by the ordinals of its customers. */
export interface SolvedCore {
  readonly ordinals: readonly number[];
  /** Places of what they take in their lists of options, -1 for nothing. */
  readonly places: readonly number[];
}

/** How far an assignment is: plain JSON. */
export interface AssignmentProgress {
  readonly customers: number;
  /** Ticks of each resource that are left for customers outside of the core. */
  readonly left: readonly number[];
  readonly value: ValueSum;
}

/**
 * Chooses for the customers of a chunk, in the order of the audience: those of the core take what was chosen for them, all others
 * the best at the prices. When prices are not good enough for that, and the others together would pass a limit, the next best
 * that still fits.
 */
export function assignChunk(
  chunk: AudienceChunk,
  prices: readonly number[],
  core: SolvedCore,
  { customers, left, value }: AssignmentProgress,
): { readonly options: Int32Array; readonly progress: AssignmentProgress } {
  const seats = new Seats(chunk, left);
  const options = seats.chosen;
  let sum = value;
  let next = firstFrom(core.ordinals, customers);
  for (let customer = 0, begin = 0; customer < chunk.customers; customer += 1) {
    const end = chunk.optionEnds[customer] ?? 0;
    if (core.ordinals[next] === customers + customer) {
      const place = core.places[next++] ?? -1;
      for (let option = begin; option < end; option += 1)
        if (chunk.places[option] === place) options[customer] = option;
    } else chooseBest(chunk, prices, seats, customer, begin, end);
    if (seats.valueOf(customer) > 0) sum = addValue(sum, seats.valueOf(customer));
    begin = end;
  }
  return { options, progress: { customers: customers + chunk.customers, left: [...seats.left], value: sum } };
}

function chooseBest(
  chunk: AudienceChunk,
  prices: readonly number[],
  seats: Seats,
  customer: number,
  begin: number,
  end: number,
): void {
  let [most, best] = [0, -1];
  for (let option = begin; option < end; option += 1) {
    const score = scoreOf(chunk, customer, option, prices);
    if (score > most) [most, best] = [score, option];
  }
  if (seats.change(customer, best)) return;
  const others = Array.from({ length: end - begin }, (_, at) => begin + at)
    .map((option) => ({ option, score: scoreOf(chunk, customer, option, prices) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  others.some(({ option }) => seats.change(customer, option));
}

/** The first place of a rising list that holds a number or more. */
function firstFrom(rising: readonly number[], number: number): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rising[middle] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
