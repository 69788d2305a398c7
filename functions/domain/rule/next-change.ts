import { daysOfChange } from './days-of-change.ts';
import type { Expression } from './expression.ts';
import type { Rule } from './rule.ts';
import type { RuleFacts } from './rule-facts.ts';

const dayMs = 86_400_000;

/**
 * The next instant at which a rule turns if nothing happens but time, in epoch milliseconds; `undefined` when it never does.
 * For a rule that calculates with days it may be an instant at which to ask again.
 */
export function nextChangeOf(rule: Rule, facts: RuleFacts): number | undefined {
  const now = rule.test(facts);
  return nextChange([rule.expression], facts, (nowMs) => rule.test({ ...facts, nowMs }) === now);
}

/** The first instant at which rules no longer say the same. `isSameAt` asks them. */
export function nextChange(
  rules: Iterable<Expression>,
  facts: RuleFacts,
  isSameAt: (nowMs: number) => boolean,
): number | undefined {
  const { days, unknownFrom } = daysOfChange(rules, facts);
  const next = days.find((day) => !isSameAt(day * dayMs)) ?? unknownFrom;
  return next === undefined ? undefined : next * dayMs;
}
