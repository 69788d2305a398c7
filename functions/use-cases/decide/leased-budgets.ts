import type { Budget } from '#domain/budget/budget.ts';
import { type BudgetPeriod, budgetPeriod, periodBefore } from '#domain/budget/budget-period.ts';
import { unusedBudget } from '#domain/budget/budget-record.ts';
import type { BudgetUse, BudgetView } from '#domain/budget/budget-view.ts';
import { shadowPriceOfTick } from '#domain/budget/shadow-price.ts';
import { limitTicks, priceOfUnit, ticksOf } from '#domain/budget/ticks.ts';
import type { BudgetStore } from '#ports/budget-store.ts';
import type { Budgets } from '#ports/budgets.ts';
import { inTime } from '#runtime/in-time.ts';
import { arrivalCounts } from './arrival-counts.ts';
import { type HeldLease, heldLease, type KnownBudget } from './held-lease.ts';

export interface LeasedBudgetsSettings {
  /** Something unique for a lease's id. */
  newId(): string;
  /** How long a decision waits for the store. */
  readonly patienceMs?: number;
  /** Told each time that the store fails. */
  readonly onFault?: (error: unknown) => void;
}

/** News of a record that is older is asked for again; older than the second it is as good as none. */
const freshMs = 15_000;
const staleMs = 120_000;
/** Rounds of leasing that one decision goes through when others spend at the same time. */
const rounds = 4;

/**
 * Budgets as one function holds them in memory: it leases slices, spends from them, gives back what lies idle. All that it spends
 * is leased before, so the sum over all functions cannot pass a limit whatever crashes, repeats or clocks do.
 */
export function leasedBudgets(
  store: BudgetStore,
  { newId, patienceMs = 200, onFault = () => {} }: LeasedBudgetsSettings,
): Budgets {
  const held = new Map<string, HeldLease>();
  /** Readings that a decision waits for: those that are made at the same time share them. */
  const readings = new Map<HeldLease, Promise<void>>();
  const arrivals = arrivalCounts(store);

  /** What is held of a budget in its period now; what was held of an earlier one is let go. */
  function holdingOf(budget: Budget, nowMs: number): HeldLease {
    const holding = held.get(budget.budgetId);
    if (
      holding !== undefined &&
      isWithin(holding.known.period, nowMs) &&
      hasSamePeriods(holding.known.budget, budget)
    ) {
      holding.known.budget = budget;
      return holding;
    }
    const known: KnownBudget = {
      budget,
      period: budgetPeriod(budget, nowMs),
      record: unusedBudget,
      before: undefined,
      isBeforeRead: false,
      readAtMs: Number.NEGATIVE_INFINITY,
    };
    const made = heldLease(store, known, { newId, arrivals: arrivals.curve, onFault });
    held.set(budget.budgetId, made);
    return made;
  }

  async function refresh(stale: readonly HeldLease[], nowMs: number): Promise<void> {
    const unread = stale.filter((holding) => !readings.has(holding));
    const reading = readAnew(unread, nowMs);
    for (const holding of unread) readings.set(holding, reading);
    await Promise.all(stale.map((holding) => readings.get(holding)));
  }

  async function readAnew(stale: readonly HeldLease[], nowMs: number): Promise<void> {
    if (stale.length === 0) return;
    const keysOf = ({ known: { budget, period, isBeforeRead } }: HeldLease) => {
      const previous = isBeforeRead ? undefined : periodBefore(budget, period);
      return [period, ...(previous === undefined ? [] : [previous])].map(({ name }) => ({
        budgetId: budget.budgetId,
        period: name,
      }));
    };
    const wanted = stale.map((holding) => ({ holding, keys: keysOf(holding) }));
    const records = await store.read(wanted.flatMap(({ keys }) => keys));
    let place = 0;
    for (const { holding, keys } of wanted) {
      const [now, before] = records.slice(place, place + keys.length);
      place += keys.length;
      holding.learn(now ?? unusedBudget, nowMs);
      if (keys.length > 1) holding.known.before = before;
      holding.known.isBeforeRead = true;
    }
  }

  return {
    async view(budgets, nowMs) {
      arrivals.count(nowMs);
      const holdings = budgets.map((budget) => holdingOf(budget, nowMs));
      const stale = holdings.filter(({ known }) => nowMs - known.readAtMs > freshMs);
      if (stale.length > 0) {
        const tidied = holdings.map((holding) => holding.giveBackIdle(nowMs));
        await inTime(Promise.all([refresh(stale, nowMs), arrivals.exchange(nowMs), ...tidied]), patienceMs, onFault);
        for (const holding of stale) readings.delete(holding);
      }
      const views = holdings
        .filter(({ known }) => nowMs - known.readAtMs <= staleMs)
        .map((holding): [string, BudgetView] => [holding.known.budget.budgetId, viewOf(holding, nowMs)]);
      return new Map(views);
    },

    async take(uses, worthMinor, nowMs) {
      const wanted = [...ticksByBudget(uses)];
      for (let round = 0; round <= rounds; round++) {
        const holdings = wanted.map(([budgetId, ticks]) => {
          const budget = held.get(budgetId)?.known.budget;
          // A period may have ended since the view.
          return { budgetId, ticks, holding: budget && holdingOf(budget, nowMs) };
        });
        const short = holdings.filter(({ holding, ticks }) => holding === undefined || holding.left() < ticks);
        if (short.length === 0) {
          for (const { holding, ticks } of holdings) holding?.spend(ticks, worthMinor, nowMs);
          return { kind: 'taken', uses, worthMinor, atMs: nowMs };
        }
        const leased = await Promise.all(
          short.map(({ holding, ticks }) =>
            inTime(holding?.lease(ticks, nowMs) ?? Promise.resolve(false), patienceMs, onFault),
          ),
        );
        const refused = short.find((_, index) => leased[index] !== true) ?? (round === rounds ? short[0] : undefined);
        if (refused !== undefined) return { kind: 'short', budgetId: refused.budgetId };
      }
      return { kind: 'short', budgetId: wanted[0]?.[0] ?? '' };
    },

    giveBack({ uses, worthMinor, atMs }) {
      for (const [budgetId, ticks] of ticksByBudget(uses)) {
        const holding = held.get(budgetId);
        if (holding !== undefined && isWithin(holding.known.period, atMs)) holding.spend(-ticks, -worthMinor, atMs);
      }
    },
  };

  function viewOf(holding: HeldLease, nowMs: number): BudgetView {
    const { budget, period, record, before } = holding.known;
    const facts = { period, record, before, arrivals: arrivals.curve(), nowMs };
    return {
      price: budget.shadowPrice ?? priceOfUnit(shadowPriceOfTick(budget, facts)),
      left: (limitTicks(budget) - record.leased + holding.left()) / ticksOf(1),
    };
  }
}

/** The catalogue may change a budget's periods while one of the old kind lasts, and `total` lasts for ever. */
function hasSamePeriods(a: Budget, b: Budget): boolean {
  return a.period === b.period && a.timeZone === b.timeZone;
}

function isWithin({ startMs, endMs }: BudgetPeriod, instantMs: number): boolean {
  return instantMs >= startMs && instantMs < endMs;
}

function ticksByBudget(uses: readonly BudgetUse[]): Map<string, number> {
  const ticks = new Map<string, number>();
  for (const { budgetId, amount } of uses) ticks.set(budgetId, (ticks.get(budgetId) ?? 0) + ticksOf(amount));
  return ticks;
}
