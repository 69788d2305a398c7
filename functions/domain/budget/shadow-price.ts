import { type ArrivalCurve, expectedShare } from './arrival-curve.ts';
import type { Budget } from './budget.ts';
import type { BudgetPeriod } from './budget-period.ts';
import { type BudgetRecord, meanPrice } from './budget-record.ts';
import { limitTicks } from './ticks.ts';

/** A hundredth of the limit spent ahead of the plan makes a unit dearer by this exponent of e, and behind it cheaper. */
const stepsALimit = 60;
/** How many shares of the limit yesterday's mean price counts for as today's begins, and what is guessed from worth alone. */
const weight = { yesterday: 0.1, guess: 0.02 };
/** What a tick is guessed to be worth at the margin, of what treatments were worth on average per tick that they took. */
const marginalShare = 0.5;
const largestExponent = 20;

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
 * The shadow price of a tick in minor units of money: the budget's own where its record sets one; else such that the budget is
 * spent evenly over the decisions of its period.
 *
 * It is dual mirror descent with the entropy as mirror map (Balseiro, Lu and Mirrokni, “The Best of Many Worlds: Dual Mirror
 * Descent for Online Allocation Problems”, Operations Research 2023, algorithm 1; adaptive pacing in Balseiro and Gur 2019): after
 * each decision λ ← λ · exp(η (spent − plan)). Its steps add up in the exponent, so that with plan and spending known as sums the
 * price is a function of one record: λ = λ₀ · exp(η (leased ⁄ limit − F)), with F the share of decisions that is over. λ₀ is
 * the mean price so far with yesterday's as its prior, which takes away what a fixed λ₀ would leave over or use up early.
 */
export function shadowPriceOfTick(budget: Budget, facts: PacingFacts): number {
  const { period, record, before, arrivals, nowMs } = facts;
  if (budget.pacing === 'none' || limitTicks(budget) === 0) return 0;
  const limit = limitTicks(budget);
  const [anchor, anchorWeight] = anchorOf(record, before);
  const mass = anchorWeight * limit;
  const mean = (anchor * mass + record.priced) / (mass + record.leased);
  const ahead = record.leased / limit - expectedShare(arrivals, period.startMs, period.endMs, nowMs);
  const exponent = Math.max(-largestExponent, Math.min(largestExponent, stepsALimit * ahead));
  return Math.max(0, mean * Math.exp(exponent));
}

function anchorOf(record: BudgetRecord, before: BudgetRecord | undefined): [price: number, weight: number] {
  if (before !== undefined && before.leased > 0) return [meanPrice(before), weight.yesterday];
  return [record.leased > 0 ? (marginalShare * record.worth) / record.leased : 0, weight.guess];
}
