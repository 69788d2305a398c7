import { type ArrivalCurve, flatCurve } from '#domain/budget/arrival-curve.ts';
import { dayMs } from '#domain/calendar/days.ts';
import type { BudgetStore } from '#ports/budget-store.ts';

const hourMs = 3_600_000;
/** Counts are told together, so often. */
const toldEachMs = 60_000;

/** Counts decisions by the hour for all functions together, and knows when they came on a day like today. */
export function arrivalCounts(store: BudgetStore) {
  let curve = flatCurve;
  let curveDay = '';
  let toldAtMs = Number.NEGATIVE_INFINITY;
  const counts = new Map<number, number>();

  async function readCurve(nowMs: number): Promise<void> {
    const day = dayOf(nowMs);
    if (day === curveDay) return;
    // The same day of the week is most alike.
    curve =
      (await store.arrivals(dayOf(nowMs - 7 * dayMs))) ?? (await store.arrivals(dayOf(nowMs - dayMs))) ?? flatCurve;
    curveDay = day;
  }

  async function tell(nowMs: number): Promise<void> {
    if (nowMs - toldAtMs < toldEachMs) return;
    const since = toldAtMs;
    toldAtMs = nowMs;
    if (!Number.isFinite(since)) return;
    for (const [hour, decisions] of [...counts]) {
      counts.delete(hour);
      // What gets lost on the way is missing in a curve of thousands: nothing is done about it.
      await store.countArrivals(dayOf(hour * hourMs), hour % 24, decisions);
    }
  }

  return {
    /** Counts a decision. */
    count(nowMs: number): void {
      const hour = Math.floor(nowMs / hourMs);
      counts.set(hour, (counts.get(hour) ?? 0) + 1);
    },
    curve: (): ArrivalCurve => curve,
    /** Tells the counts and reads the curve of a day when it is time to. */
    async exchange(nowMs: number): Promise<void> {
      await Promise.all([readCurve(nowMs), tell(nowMs)]);
    },
  };
}

const dayOf = (instantMs: number) => new Date(instantMs).toISOString().slice(0, 10);
