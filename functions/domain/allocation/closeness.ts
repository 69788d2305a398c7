import type { AudienceChunk } from './audience-chunk.ts';
import { scoreOf } from './score.ts';

/** A customer in a chunk as prices see it. */
export interface SeenCustomer {
  /** Its place in the chunk, and where its options begin and end there. */
  readonly customer: number;
  readonly begin: number;
  readonly end: number;
  /** The option that leaves most after prices; -1 when none leaves anything. */
  readonly best: number;
  /**
   * For each resource the share by which prices have to change, all uses for all, until the customer takes another amount of it:
   * what the next best leaves less, of what prices put between the two. Only good until the next customer is seen.
   */
  readonly closeness: Float64Array;
}

/** Shows each customer of a chunk at prices a tick to a visitor. */
export function lookClosely(
  chunk: AudienceChunk,
  prices: readonly number[],
  visit: (seen: SeenCustomer) => void,
): void {
  const closeness = new Float64Array(prices.length);
  const difference = new Float64Array(prices.length);
  for (let customer = 0, begin = 0; customer < chunk.customers; customer += 1) {
    const end = chunk.optionEnds[customer] ?? 0;
    let [most, best] = [0, -1];
    for (let option = begin; option < end; option += 1) {
      const score = scoreOf(chunk, customer, option, prices);
      if (score > most) [most, best] = [score, option];
    }
    closeness.fill(Number.POSITIVE_INFINITY);
    difference.fill(0);
    addUses(chunk, best, 1, difference);
    if (best >= 0) bringCloser(closeness, most, difference, prices);
    for (let other = begin; other < end; other += 1) {
      if (other === best) continue;
      addUses(chunk, other, -1, difference);
      bringCloser(closeness, most - scoreOf(chunk, customer, other, prices), difference, prices);
      addUses(chunk, other, 1, difference);
    }
    visit({ customer, begin, end, best, closeness });
    begin = end;
  }
}

function bringCloser(closeness: Float64Array, loss: number, difference: Float64Array, prices: readonly number[]): void {
  let swing = 0;
  for (let k = 0; k < closeness.length; k += 1) swing += Math.abs(difference[k] ?? 0) * (prices[k] ?? 0);
  const share = loss / swing;
  for (let k = 0; k < closeness.length; k += 1)
    if (difference[k] !== 0 && share < (closeness[k] ?? 0)) closeness[k] = share;
}

/** Adds what an option uses, in ticks; -1 is none. */
export function addUses(
  { useEnds, resources, ticks }: AudienceChunk,
  option: number,
  sign: 1 | -1,
  to: Float64Array,
): void {
  if (option < 0) return;
  const end = useEnds[option] ?? 0;
  for (let use = useEnds[option - 1] ?? 0; use < end; use += 1) {
    const k = resources[use] ?? 0;
    to[k] = (to[k] ?? 0) + sign * (ticks[use] ?? 0);
  }
}
