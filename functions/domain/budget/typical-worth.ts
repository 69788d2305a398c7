import { largestValueMinor } from '#domain/vocabulary/largest-amounts.ts';
import type { BudgetRecord } from './budget-record.ts';

/** Minor units a tick below which worths are not told apart: a thousandth of one a unit. */
const least = 1e-6;
/** How much of the limit must be leased before what it was leased for says much: a few customers must not make the price. */
const doubt = 0.01;

/**
 * What a taking adds to a record's `logWorth`: its ticks times the logarithm of its worth a tick. Taken back, it is the same
 * with the other sign. The sum's mean is a geometric one: a customer who is worth a thousand others counts for two of them.
 */
export function logWorthOf(ticks: number, worthMinor: number): number {
  if (ticks === 0) return 0;
  const worth = Math.min(largestValueMinor, worthMinor / ticks);
  return ticks * Math.log(Math.max(1, worth / least));
}

/**
 * What treatments are typically worth per tick that they take, in minor units: the geometric mean over the ticks that were leased,
 * with a hundredth of the limit at nothing before them. Takings of a share s of the limit, whatever they are worth, change it by at
 * most exp(37 · s / (0.01 + share leased)): none counts for more than 10^10 a tick.
 */
export function typicalWorth(records: readonly BudgetRecord[], limit: number): number {
  const leased = records.reduce((sum, record) => sum + record.leased, 0);
  const logWorth = records.reduce((sum, record) => sum + Math.max(0, record.logWorth), 0);
  return leased > 0 ? least * Math.expm1(logWorth / (leased + doubt * limit)) : 0;
}
