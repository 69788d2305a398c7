import type { Budget } from '#domain/budget/budget.ts';
import type { BudgetUse, BudgetView } from '#domain/budget/budget-view.ts';

/** What was taken of budgets for one decision. */
export interface Spending {
  readonly kind: 'taken';
  readonly uses: readonly BudgetUse[];
  readonly worthMinor: number;
  readonly atMs: number;
}

/** Budgets as one function has them: priced, and leased slice by slice. */
export interface Budgets {
  /** Counts one decision and answers what it may know of these budgets. One that can't be read in time is not in the answer. */
  view(budgets: readonly Budget[], nowMs: number): Promise<ReadonlyMap<string, BudgetView>>;
  /**
   * Takes amounts of several budgets for treatments worth so much before shadow prices, all or nothing. `short` names a budget that
   * has not enough or can't be reached in time: decide again without it. Only budgets of the latest view can be taken from.
   */
  take(
    uses: readonly BudgetUse[],
    worthMinor: number,
    nowMs: number,
  ): Promise<Spending | { readonly kind: 'short'; readonly budgetId: string }>;
  /** Gives back what a decision took that is not made after all. */
  giveBack(spending: Spending): void;
}
