import type { ArrivalCurve } from '#domain/budget/arrival-curve.ts';
import type { BudgetRecord } from '#domain/budget/budget-record.ts';
import type { LeaseAnswer, LeaseRequest } from '#domain/budget/lease.ts';

/** What a budget's period is stored under. */
export interface BudgetPeriodKey {
  readonly budgetId: string;
  readonly period: string;
}

/** Stores what is leased of budgets, and when decisions come. */
export interface BudgetStore {
  /** Records in the order of the keys; undefined where nobody has leased anything. May lag behind by a moment. One call per 100 keys. */
  read(keys: readonly BudgetPeriodKey[]): Promise<readonly (BudgetRecord | undefined)[]>;
  /** One conditional write. A request that is made again answers as it did before and changes nothing. */
  lease(request: LeaseRequest): Promise<LeaseAnswer>;
  /** Decisions by hour of a day, UTC (`2026-03-10`); undefined where none were counted. */
  arrivals(day: string): Promise<ArrivalCurve | undefined>;
  /** Counts decisions of an hour. One write. */
  countArrivals(day: string, hour: number, decisions: number): Promise<void>;
}
