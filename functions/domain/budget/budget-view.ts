/** What a decision knows of a budget. */
export interface BudgetView {
  /** Shadow price of one unit, in minor units of money. */
  readonly price: number;
  /** Units that are still to be had, by the latest news. */
  readonly left: number;
}

/** An amount of a budget that a treatment uses, in the budget's unit. */
export interface BudgetUse {
  readonly budgetId: string;
  readonly amount: number;
}

/** Why a budget forbids a treatment, in words that can be read out. */
export interface BudgetBlock {
  readonly reason: 'budget_exhausted' | 'budget_unknown';
  readonly budgetId: string;
  readonly detail: string;
}

/** Why a treatment's budgets forbid it, or undefined when all have enough. What could not be read in time is not spent. */
export function budgetBlock(
  views: ReadonlyMap<string, BudgetView>,
  uses: readonly BudgetUse[],
): BudgetBlock | undefined {
  for (const { budgetId, amount } of uses) {
    const view = views.get(budgetId);
    if (view === undefined) {
      return { reason: 'budget_unknown', budgetId, detail: `What is left of ${budgetId} is not known right now.` };
    }
    if (view.left < amount) {
      return {
        reason: 'budget_exhausted',
        budgetId,
        detail: `There is not enough left of ${budgetId} in this period.`,
      };
    }
  }
  return undefined;
}

/** What the scarce resources that a treatment uses cost it: Σ price · amount, in minor units. A budget without a view costs nothing. */
export function shadowCost(views: ReadonlyMap<string, BudgetView>, uses: readonly BudgetUse[]): number {
  return uses.reduce((sum, { budgetId, amount }) => sum + (views.get(budgetId)?.price ?? 0) * amount, 0);
}
