import { MemoryBudgets } from '#adapters/in-memory/memory-budgets.ts';
import type { Budget } from '#domain/budget/budget.ts';
import { budgetPeriod } from '#domain/budget/budget-period.ts';
import { budgetBlock, shadowCost } from '#domain/budget/budget-view.ts';
import { limitTicks, ticksOf } from '#domain/budget/ticks.ts';
import type { Budgets } from '#ports/budgets.ts';
import { randomOf } from '#scripts/world/random.ts';
import { leasedBudgets } from '#use-cases/decide/leased-budgets.ts';
import type { Choice, DayDecision } from './decision-day.ts';

/** What a replayed day came to. */
export interface ReplayedDay {
  /** Worth of what was shown, in minor units. */
  readonly worth: number;
  readonly made: number;
  /** Moments at which more of a budget was spent, or leased, than its limit. */
  readonly passed: number;
  /** Share of each limit that was spent, and that was leased and not given back. */
  readonly spent: ReadonlyMap<string, number>;
  readonly leased: ReadonlyMap<string, number>;
  readonly deaths: number;
  readonly calls: MemoryBudgets['calls'];
}

/** Functions at a time; each knows the time to two seconds, and dies after an hour and a half on average. */
const functionsAtOnce = 12;
const lifeMs = 1.5 * 3_600_000;
const skewMs = 2000;
/** Decisions that are under way at once. */
const underWay = 8;
const lost = { before: 0.01, after: 0.01, forGood: 0.0005 };
const attempts = 3;

/**
 * A store of which calls come late, and fail before or after their effect. As AWS's SDK does, a call is made three times before
 * its caller hears of it; of some it hears all the same.
 */
export function flakyBudgets(seed: number): MemoryBudgets {
  const random = randomOf(seed);
  const turns = async () => {
    for (let left = random.below(12); left > 0; left--) await undefined;
  };
  return new MemoryBudgets(async (run) => {
    for (let attempt = 1; ; attempt++) {
      await turns();
      const isBroken = random.next() < lost.forGood;
      const isLost = random.next() < lost.before && attempt < attempts;
      const result = isLost || (isBroken && random.next() < 0.5) ? undefined : { value: run() };
      await turns();
      if (isBroken) throw new Error('the store does not answer');
      if (result !== undefined && (random.next() >= lost.after || attempt === attempts)) return result.value;
    }
  });
}

/** Replays a day of decisions over functions that lease from one store; budgets that it used on days before are remembered there. */
export async function replayDay(
  budgets: readonly Budget[],
  day: readonly DayDecision[],
  store: MemoryBudgets,
  seed: number,
): Promise<ReplayedDay> {
  const random = randomOf(seed);
  const byId = new Map(budgets.map((budget) => [budget.budgetId, budget]));
  const spentTicks = new Map<string, number>();
  let [worth, made, passed, deaths] = [0, 0, 0, 0];
  const born = (nowMs: number) => ({
    budgets: leasedBudgets(store, { newId: () => random.uuid().slice(-12) }),
    skewMs: (random.next() * 2 - 1) * skewMs,
    diesAtMs: nowMs + random.exponential(lifeMs),
  });
  const functions = Array.from({ length: functionsAtOnce }, () => born(day[0]?.atMs ?? 0));

  function spend({ uses, worth: gained }: Choice, nowMs: number): void {
    worth += gained;
    made++;
    for (const { budgetId, amount } of uses) {
      const budget = byId.get(budgetId);
      if (budget === undefined) continue;
      const key = `${budgetId} ${budgetPeriod(budget, nowMs).name}`;
      const sum = (spentTicks.get(key) ?? 0) + ticksOf(amount);
      spentTicks.set(key, sum);
      if (sum > limitTicks(budget) || (store.records.get(key)?.leased ?? 0) > limitTicks(budget)) passed++;
    }
  }

  async function decide({ atMs, choices }: DayDecision): Promise<void> {
    const place = random.below(functionsAtOnce);
    let one = functions[place];
    if (one === undefined || atMs > one.diesAtMs) {
      deaths++;
      one = born(atMs);
      functions[place] = one;
    }
    const nowMs = Math.floor(atMs + one.skewMs);
    const shown = await bestAffordable(one.budgets, budgets, choices, nowMs);
    if (shown !== undefined) spend(shown, nowMs);
  }

  for (let next = 0; next < day.length; next += underWay) {
    await Promise.all(day.slice(next, next + underWay).map(decide));
  }
  const name = (budget: Budget) => `${budget.budgetId} ${budgetPeriod(budget, day[0]?.atMs ?? 0).name}`;
  const share = (ticks: (budget: Budget) => number) =>
    new Map(budgets.map((budget) => [budget.budgetId, ticks(budget) / limitTicks(budget)]));
  return {
    worth,
    made,
    passed,
    deaths,
    calls: { ...store.calls },
    spent: share((budget) => spentTicks.get(name(budget)) ?? 0),
    leased: share((budget) => store.records.get(name(budget))?.leased ?? 0),
  };
}

/** The choice with the highest worth after shadow prices, if that is above zero and its budgets give what it takes. */
async function bestAffordable(
  leased: Budgets,
  budgets: readonly Budget[],
  choices: readonly Choice[],
  nowMs: number,
): Promise<Choice | undefined> {
  const views = new Map(await leased.view(budgets, nowMs));
  for (;;) {
    const [best] = choices
      .filter(({ uses }) => budgetBlock(views, uses) === undefined)
      .map((choice) => ({ choice, score: choice.worth - shadowCost(views, choice.uses) }))
      .sort((a, b) => b.score - a.score);
    if (best === undefined || best.score <= 0) return undefined;
    const taken = await leased.take(best.choice.uses, best.choice.worth, nowMs);
    if (taken.kind === 'taken') return best.choice;
    views.delete(taken.budgetId);
  }
}
