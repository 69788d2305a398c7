/** What is stored of a budget for one period. */
export interface BudgetRecord {
  /** Ticks that functions have leased and not given back: spent, about to be spent, or stranded. Never more than the limit. */
  readonly leased: number;
  /** Sum over leases of their ticks times the price of a tick at their time, in minor units. */
  readonly priced: number;
  /** Sum of `logWorthOf` the treatments that used it, before shadow prices. */
  readonly logWorth: number;
  /** Open leases and their ticks. */
  readonly leases: ReadonlyMap<string, number>;
}

/** The record of a period of which nobody has leased anything. */
export const unusedBudget: BudgetRecord = { leased: 0, priced: 0, logWorth: 0, leases: new Map() };

/** The mean price of a tick, weighted by what was leased at it. */
export function meanPrice({ priced, leased }: BudgetRecord): number {
  return leased > 0 ? Math.max(0, priced) / leased : 0;
}
