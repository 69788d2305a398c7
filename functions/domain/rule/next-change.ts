import { dayMs } from '#domain/calendar/days.ts';
import { daysOfChange } from './days-of-change.ts';
import type { Expression } from './expression.ts';
import type { RuleFacts } from './rule-facts.ts';

/**
 * The first instant at which rules no longer say the same if nothing happens but time, in epoch milliseconds; `undefined` when
 * there is none. For rules that calculate with days it may be an instant at which to ask again. `isSameAt` asks them.
 */
export function nextChange(
  rules: Iterable<Expression>,
  facts: RuleFacts,
  isSameAt: (nowMs: number) => boolean,
): number | undefined {
  const { days, unknownFrom } = daysOfChange(rules, facts);
  const next = days.find((day) => !isSameAt(day * dayMs)) ?? unknownFrom;
  return next === undefined ? undefined : next * dayMs;
}
