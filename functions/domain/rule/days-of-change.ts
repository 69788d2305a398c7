import { dayNumberOf } from '#domain/calendar/days.ts';
import { numberReader } from './evaluator.ts';
import { type Count, type Expression, mostDays } from './expression.ts';
import { directPartsOf } from './expression-parts.ts';
import type { RuleFacts } from './rule-facts.ts';

/** Days, counted from 1970-01-01 in UTC, on which what rules say of a customer can change if the customer does nothing. */
export interface DaysOfChange {
  /** Ascending, all after today. */
  readonly days: readonly number[];
  /** The first day of which nothing is known; `undefined` when all days of change are there. */
  readonly unknownFrom: number | undefined;
}

/** How far ahead every day is looked at, for rules that calculate with days; it covers what profiles keep of events. */
const daysLookedAt = mostDays + 2;
/** The last day of the year 2999. */
const lastDay = 376_199;

/** Finds the days of change of rules. Facts only change for a rule at midnight, UTC, because rules see days and no time of day. */
export function daysOfChange(rules: Iterable<Expression>, facts: RuleFacts): DaysOfChange {
  const today = dayNumberOf(facts.nowMs);
  const moments = [...rules].flatMap((rule) => momentsIn(rule, facts, today));
  const found = new Set(moments.filter((moment) => moment !== 'daily'));
  const unknownFrom = moments.includes('daily') ? today + daysLookedAt : undefined;
  if (unknownFrom !== undefined) for (let day = today + 1; day < unknownFrom; day += 1) found.add(day);
  const days = [...found].filter((day) => day > today && day < (unknownFrom ?? lastDay + 1));
  return { days: days.sort((a, b) => a - b), unknownFrom };
}

/** Days on which the value of an expression can change, past ones among them; `daily` stands for all of them. */
function momentsIn(expression: Expression, facts: RuleFacts, today: number): (number | 'daily')[] {
  const limits = constantsComparedWith(expression);
  if (limits !== undefined) return momentsAround(limits, facts, today);
  switch (expression.kind) {
    case 'days-since-event':
    case 'days-since-time':
      return numberReader(expression)(facts) === undefined ? [] : ['daily'];
    case 'truth-call':
    case 'number-call':
    case 'text-call':
    case 'time-call':
      return [...(expression.changes?.(facts) ?? []), ...momentsInParts(expression, facts, today)];
    default:
      return momentsInParts(expression, facts, today);
  }
}

function momentsInParts(expression: Expression, facts: RuleFacts, today: number): (number | 'daily')[] {
  return directPartsOf(expression).flatMap((part) => momentsIn(part, facts, today));
}

function momentsAround({ count, constants }: ComparedDays, facts: RuleFacts, today: number): number[] {
  const daysNow = numberReader(count)(facts);
  if (daysNow === undefined) return [];
  const origin = today - daysNow;
  const around = constants.flatMap((constant) => [Math.floor(constant), Math.ceil(constant)]);
  const forgotten = count.kind === 'days-since-event' ? [mostDays + 1] : [];
  return [...around.flatMap((days) => [days, days + 1]), ...forgotten].map((days) => origin + days);
}

type DaysSince = Extract<Count, { kind: 'days-since-event' | 'days-since-time' }>;

interface ComparedDays {
  readonly count: DaysSince;
  readonly constants: readonly number[];
}

/** Days since something compared with numbers: then it changes only around these. */
function constantsComparedWith(expression: Expression): ComparedDays | undefined {
  if (expression.kind === 'number-in') {
    return isDaysSince(expression.number) ? { count: expression.number, constants: expression.items } : undefined;
  }
  if (expression.kind !== 'compare-numbers') return undefined;
  const { left, right } = expression;
  const [count, other] = isDaysSince(left) ? [left, right] : [right, left];
  const constant = constantOf(other);
  return isDaysSince(count) && constant !== undefined ? { count, constants: [constant] } : undefined;
}

function isDaysSince(count: Count): count is DaysSince {
  return count.kind === 'days-since-event' || count.kind === 'days-since-time';
}

function constantOf(count: Count): number | undefined {
  if (count.kind === 'number') return count.value;
  return count.kind === 'negated' && count.of.kind === 'number' ? -count.of.value : undefined;
}
