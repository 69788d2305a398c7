import { type ArrivalCurve, expectedShare } from './arrival-curve.ts';
import type { Budget } from './budget.ts';
import type { BudgetPeriod } from './budget-period.ts';
import { type BudgetRecord, meanPrice } from './budget-record.ts';
import { limitTicks } from './ticks.ts';
import { typicalWorth } from './typical-worth.ts';

/** A hundredth of the limit spent ahead of the plan makes a unit dearer by this exponent of e, and behind it cheaper. */
const stepsALimit = 60;
/** How many shares of the limit yesterday's mean price counts for as today's begins, and what is guessed from worth alone. */
const weight = { yesterday: 0.1, guess: 0.02 };
/** What a tick is guessed to be worth at the margin, of what treatments are typically worth per tick that they take. */
const marginalShare = 0.5;
const largestExponent = 20;
/**
 * The mean price stays within these parts of what treatments are typically worth per tick. Days of plenty would else make it so small that
 * no step brings it back when the budget gets scarce, and offers that are shown at any price would make it grow without end.
 */
const partsOfWorth = { least: 0.01, most: 100 };

/** What a price is made from besides its budget. */
export interface PacingFacts {
  readonly period: BudgetPeriod;
  readonly record: BudgetRecord;
  /** The record of the period before, where there was one. */
  readonly before: BudgetRecord | undefined;
  readonly arrivals: ArrivalCurve;
  readonly nowMs: number;
}

/**
 * The shadow price of a tick in minor units of money: the one at which the budget is spent evenly over the decisions of its
 * period, or of `pacedOver` for one that has no end. Zero where nothing is paced, and where all that used it was worth nothing.
 *
 * It is dual mirror descent with the entropy as mirror map (Balseiro, Lu and Mirrokni, “The Best of Many Worlds: Dual Mirror
 * Descent for Online Allocation Problems”, Operations Research 2023, algorithm 1; adaptive pacing in Balseiro and Gur 2019): after
 * each decision λ ← λ · exp(η (spent − plan)). Its steps add up in the exponent, so that with plan and spending known as sums the
 * price is a function of one record: λ = λ₀ · exp(η (leased ⁄ limit − F)), with F the share of decisions that is over. λ₀ is
 * the mean price so far with yesterday's as its prior, which takes away what a fixed λ₀ would leave over or use up early.
 */
export function shadowPriceOfTick(budget: Budget, { period, record, before, arrivals, nowMs }: PacingFacts): number {
  const limit = limitTicks(budget);
  const span = budget.period === 'total' ? spanOf(budget) : period;
  if (budget.pacing === 'none' || limit === 0 || span === undefined) return 0;
  const worth = typicalWorth(before === undefined ? [record] : [record, before], limit);
  const [anchor, anchorWeight] = anchorOf(before, worth);
  const mass = anchorWeight * limit;
  const mean = Math.min(
    partsOfWorth.most * worth,
    Math.max(partsOfWorth.least * worth, (anchor * mass + record.priced) / (mass + record.leased)),
  );
  const ahead = record.leased / limit - expectedShare(arrivals, span.startMs, span.endMs, nowMs);
  const exponent = Math.max(-largestExponent, Math.min(largestExponent, stepsALimit * ahead));
  return mean * Math.exp(exponent);
}

/** The time over which a budget without periods is spent; undefined when it does not say. */
function spanOf({ pacedOver }: Budget): Pick<BudgetPeriod, 'startMs' | 'endMs'> | undefined {
  return pacedOver && { startMs: Date.parse(pacedOver.from), endMs: Date.parse(pacedOver.until) };
}

function anchorOf(before: BudgetRecord | undefined, worth: number): [price: number, weight: number] {
  if (before !== undefined && before.leased > 0) return [meanPrice(before), weight.yesterday];
  return [marginalShare * worth, weight.guess];
}
