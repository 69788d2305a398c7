import { Budget } from '#domain/budget/budget.ts';
import type { BudgetUse } from '#domain/budget/budget-view.ts';
import { dayMs } from '#domain/calendar/days.ts';
import { type Random, randomOf } from '#scripts/world/random.ts';

/** What one decision could show, and what it is worth: P · V − cost, in minor units. */
export interface Choice {
  readonly uses: readonly BudgetUse[];
  readonly worth: number;
}

/** A moment of choice. */
export interface DayDecision {
  readonly atMs: number;
  readonly choices: readonly Choice[];
}

/** A firm's budgets and the treatments that use them. */
export interface Firm {
  readonly budgets: readonly Budget[];
  readonly treatments: readonly FirmTreatment[];
}

interface FirmTreatment {
  readonly uses: readonly BudgetUse[];
  readonly value: number;
  readonly cost: number;
  readonly appeal: number;
  readonly reach: number;
}

const moneyBudgets = 20;
const capacities = ['emails', 'sms', 'pushes', 'call-minutes', 'appointments'] as const;
/** Visits by hour of the day: a morning, a lunch and an evening, little at night. */
const visits = [4, 2, 1, 1, 1, 2, 6, 14, 22, 26, 28, 30, 34, 30, 26, 26, 28, 34, 42, 48, 46, 36, 20, 9];

/** A seeded firm: 20 daily budgets of money, 5 channel capacities, 60 treatments that use two or three of them. */
export function firmOf(seed: number, decisionsADay: number): Firm {
  const random = randomOf(seed);
  const treatments = Array.from({ length: 60 }, (_, index): FirmTreatment => {
    const channel = random.pick(capacities);
    const own = index % moneyBudgets;
    const shared = random.below(moneyBudgets);
    const money = 20 + random.below(480);
    return {
      uses: [
        { budgetId: `money-${own}`, amount: money },
        { budgetId: channel, amount: channel === 'call-minutes' ? 3 + random.below(20) / 2 : 1 },
        ...(shared !== own && random.next() < 0.35
          ? [{ budgetId: `money-${shared}`, amount: 10 + random.below(100) }]
          : []),
      ],
      value: 500 + random.below(9000),
      cost: channel === 'call-minutes' ? 300 : channel === 'sms' ? 8 : 1,
      appeal: -3 + 1.5 * normal(random),
      reach: 0.05 + 0.2 * random.next(),
    };
  });
  const unlimited = { budgets: [], treatments };
  const wanted = demand(dayOf(unlimited, seed + 1, 0, Math.min(decisionsADay, 20_000)));
  const scale = decisionsADay / Math.min(decisionsADay, 20_000);
  const budgetIds = [...Array.from({ length: moneyBudgets }, (_, index) => `money-${index}`), ...capacities];
  const budgets = budgetIds.map((budgetId) =>
    Budget.parse({
      budgetId,
      unit: budgetId.startsWith('money') ? 'cents' : budgetId,
      // From a quarter of what would be taken at no price, to more than all of it.
      limit: Math.ceil((wanted.get(budgetId) ?? 0) * scale * (0.25 + 0.85 * random.next())),
      period: 'day',
      pacing: 'even',
    }),
  );
  return { budgets, treatments };
}

/** A seeded day of decisions from the firm's customers, in the order of their arrival. */
export function dayOf({ treatments }: Firm, seed: number, startMs: number, decisions: number): DayDecision[] {
  const random = randomOf(seed);
  const cumulated = visits.map((_, hour) => visits.slice(0, hour + 1).reduce((sum, count) => sum + count, 0));
  const arrival = () => {
    const target = random.next() * (cumulated.at(-1) ?? 0);
    const hour = cumulated.findIndex((sum) => sum > target);
    return startMs + ((hour + random.next()) * dayMs) / visits.length;
  };
  const times = Array.from({ length: decisions }, arrival).sort((a, b) => a - b);
  return times.map((atMs) => {
    const affinity = normal(random);
    // Who comes in the evening buys more readily.
    const mood = 0.4 * Math.sin((((atMs - startMs) / dayMs) * 24 - 13) * (Math.PI / 12));
    const choices = treatments
      .filter(({ reach }) => random.next() < reach)
      .map(({ uses, value, cost, appeal }) => {
        const chance = 1 / (1 + Math.exp(-(appeal + affinity + mood + 0.8 * normal(random))));
        return { uses, worth: chance * value - cost };
      });
    return { atMs: Math.floor(atMs), choices };
  });
}

/** What is taken of each budget when nothing is scarce. */
function demand(day: readonly DayDecision[]): Map<string, number> {
  const taken = new Map<string, number>();
  for (const { choices } of day) {
    const [best] = choices.toSorted((a, b) => b.worth - a.worth);
    if (best === undefined || best.worth <= 0) continue;
    for (const { budgetId, amount } of best.uses) taken.set(budgetId, (taken.get(budgetId) ?? 0) + amount);
  }
  return taken;
}

/** Standard normal (Box and Muller). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
