import { dayMs } from '#domain/calendar/days.ts';
import { instantOf, wallTime } from '#domain/calendar/zoned-time.ts';
import type { Budget } from './budget.ts';

/** A period of a budget: its name (`2026-03-10`, `2026-W11`, `2026-03`, `total`) and its instants, epoch milliseconds. */
export interface BudgetPeriod {
  readonly name: string;
  readonly startMs: number;
  /** The first instant after it; infinity for `total`. */
  readonly endMs: number;
}

/** The period of a budget that an instant is in, by the calendar and the clock of the budget's zone; weeks are those of ISO 8601. */
export function budgetPeriod({ period, timeZone }: Pick<Budget, 'period' | 'timeZone'>, nowMs: number): BudgetPeriod {
  if (period === 'total') return { name: 'total', startMs: Number.NEGATIVE_INFINITY, endMs: Number.POSITIVE_INFINITY };
  const [start, end] = wallSpan(period, wallTime(timeZone, nowMs));
  return { name: nameOf(period, start), startMs: instantOf(timeZone, start), endMs: instantOf(timeZone, end) };
}

/** The period before one; undefined for `total`. */
export function periodBefore(
  budget: Pick<Budget, 'period' | 'timeZone'>,
  { startMs }: BudgetPeriod,
): BudgetPeriod | undefined {
  return Number.isFinite(startMs) ? budgetPeriod(budget, startMs - 1) : undefined;
}

type CalendarPeriod = Exclude<Budget['period'], 'total'>;

/** First and past-the-last midnight of the calendar period around a wall time. */
function wallSpan(period: CalendarPeriod, wall: number): [number, number] {
  const midnight = Math.floor(wall / dayMs) * dayMs;
  const date = new Date(midnight);
  switch (period) {
    case 'day':
      return [midnight, midnight + dayMs];
    case 'week': {
      const monday = midnight - ((date.getUTCDay() + 6) % 7) * dayMs;
      return [monday, monday + 7 * dayMs];
    }
    case 'month': {
      const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
      return [Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1)];
    }
  }
}

function nameOf(period: CalendarPeriod, start: number): string {
  const date = new Date(start).toISOString();
  switch (period) {
    case 'day':
      return date.slice(0, 10);
    case 'week': {
      // A week is of the year that its Thursday is in.
      const thursday = new Date(start + 3 * dayMs);
      const firstDay = Date.UTC(thursday.getUTCFullYear(), 0, 1);
      const week = Math.floor((thursday.getTime() - firstDay) / (7 * dayMs)) + 1;
      return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
    }
    case 'month':
      return date.slice(0, 7);
  }
}
