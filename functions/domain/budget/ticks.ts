import type { Budget } from './budget.ts';

/** Thousandths of a budget's unit: what is leased and spent is summed in integers, for sums of fractions depend on their order. */
const ticksAUnit = 1000;

/** What a use of a budget takes, in ticks, rounded up. */
export function ticksOf(amount: number): number {
  // Less than a billionth of a unit is an error of the fraction, not an amount.
  return Math.max(1, Math.ceil(amount * ticksAUnit - 1e-6));
}

/** The limit of a period in ticks, rounded down. */
export function limitTicks({ limit }: Budget): number {
  return Math.min(Number.MAX_SAFE_INTEGER, Math.floor(limit * ticksAUnit + 1e-6));
}

/** A price of one tick as the price of one unit. */
export function priceOfUnit(priceOfTick: number): number {
  return priceOfTick * ticksAUnit;
}
