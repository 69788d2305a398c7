import type { Budget } from '#domain/budget/budget.ts';
import { budgetPeriod } from '#domain/budget/budget-period.ts';
import type { BudgetRecord } from '#domain/budget/budget-record.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { usesOf } from '#domain/decision/decision-effects.ts';
import { type Finding, findingsOf } from './audited-run.ts';
import type { TouchpointLog } from './touchpoint-log.ts';

/** Thousandths of a unit, in which a budget is leased. */
const ticksAUnit = 1000;

/** A budget with the largest part of it that one decision can take. */
export interface AuditedBudget {
  readonly budget: Budget;
  readonly mostAtOnce: number;
}

/**
 * What records say was used is leased, and what is leased is within the limit: nothing is ever overspent. The other way, what is leased
 * and on no record is what functions died with, were outrun with or still hold: of each time that one was called, no more than it
 * can take at once, which is what it uses for its customers, for a slice here is never larger than its use.
 */
export function auditBudgets(
  budgets: readonly AuditedBudget[],
  leased: ReadonlyMap<string, BudgetRecord>,
  decisions: readonly Decision[],
  logs: readonly TouchpointLog[],
): Finding[] {
  const wrong = budgets.flatMap(({ budget, mostAtOnce }) => {
    const used = usedOf(budget, decisions);
    const called = callsOf(budget, logs);
    const repeats = logs.reduce((sum, log) => sum + log.repeats * log.mostCustomers, 0);
    const periods = new Set([...used.keys(), ...periodsOf(budget, leased)]);
    return [...periods].flatMap((period) => {
      const name = `${budget.budgetId} of ${period}`;
      const ticks = leased.get(`${budget.budgetId} ${period}`)?.leased ?? 0;
      const spent = used.get(period) ?? 0;
      const bound = ((called.get(period) ?? 0) + repeats) * mostAtOnce * ticksAUnit;
      if (ticks > budget.limit * ticksAUnit) return [`${name} has ${ticks} leased, more than its limit`];
      if (spent > ticks) return [`${name} has ${spent} spent, more than the ${ticks} that are leased`];
      return ticks - spent > bound ? [`${name} has ${ticks - spent} leased that nobody can have taken`] : [];
    });
  });
  return findingsOf('budgets', 'spent and leased do not agree, in thousandths of a unit', wrong);
}

/** Thousandths used by period, from the records of decisions. */
function usedOf(budget: Budget, decisions: readonly Decision[]): Map<string, number> {
  const used = new Map<string, number>();
  for (const decision of decisions) {
    const { name } = budgetPeriod(budget, decision.atMs);
    for (const { budgetId, amount } of usesOf(decision)) {
      if (budgetId === budget.budgetId) used.set(name, (used.get(name) ?? 0) + Math.round(amount * ticksAUnit));
    }
  }
  return used;
}

/** How many decisions may have been made in each period: for every customer of every attempt one. */
function callsOf(budget: Budget, logs: readonly TouchpointLog[]): Map<string, number> {
  const calls = new Map<string, number>();
  for (const { attemptsMs, customers } of logs.flatMap(({ asked }) => asked)) {
    for (const atMs of attemptsMs) {
      const { name } = budgetPeriod(budget, atMs);
      calls.set(name, (calls.get(name) ?? 0) + customers);
    }
  }
  return calls;
}

function periodsOf({ budgetId }: Budget, leased: ReadonlyMap<string, BudgetRecord>): string[] {
  return [...leased.keys()]
    .filter((key) => key.startsWith(`${budgetId} `))
    .map((key) => key.slice(budgetId.length + 1));
}
