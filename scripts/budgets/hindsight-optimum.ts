import loadHighs from 'highs';
import type { Budget } from '#domain/budget/budget.ts';
import type { DayDecision } from './decision-day.ts';

/** Bounds of the hindsight optimum: the optimum of the linear program lies between them. */
export interface HindsightOptimum {
  readonly lower: number;
  readonly upper: number;
  readonly rounds: number;
  /** Shadow prices of one unit at the upper bound, in the order of the budgets. */
  readonly prices: readonly number[];
}

/** Groups of decisions with cuts of their own: more make fewer rounds of a larger program. */
const groups = 40;
const mostRounds = 60;

/**
 * The optimum of the linear program that knows the whole day: choose at most one treatment for each decision, in fractions if need
 * be, so that no limit is passed and the worth is greatest. With a row a decision it is large; its coupling rows are few. So it
 * is solved by Dantzig-Wolfe decomposition, seen from the dual: minimise D(λ) = Σ λ_k B_k + Σ_i max(0, max_j (v_ij − Σ_k λ_k a_ijk))
 * with cutting planes (Kelley 1960), the small programs by HiGHS. Any D(λ) bounds the optimum from above, each of the small programs
 * from below; it stops when they are within `gap` of each other.
 */
export async function hindsightOptimum(
  budgets: readonly Budget[],
  day: readonly DayDecision[],
  gap = 1e-4,
): Promise<HindsightOptimum> {
  const highs = await loadHighs();
  const limits = budgets.map(({ limit }) => limit);
  const choices = indexed(budgets, day);
  const cuts: string[] = [];
  let best = { upper: Number.POSITIVE_INFINITY, prices: limits.map(() => 0) };
  let lower = 0;
  let asked = best.prices;
  for (let round = 1; ; round++) {
    const { value, slopes, values } = dualAt(asked, choices, limits);
    if (value < best.upper) best = { upper: value, prices: asked };
    for (let group = 0; group < groups; group++)
      cuts.push(cutOf(group, asked, slopes[group] ?? [], values[group] ?? 0));
    const { ObjectiveValue, Columns, Status } = highs.solve(masterOf(limits, cuts), { output_flag: false });
    if (Status !== 'Optimal') throw new Error(`HiGHS found the master program ${Status}`);
    lower = Math.max(lower, ObjectiveValue);
    if (best.upper - lower <= gap * best.upper || round === mostRounds) return { lower, ...best, rounds: round };
    const master = limits.map((_, k) => Math.max(0, Columns[`l${k}`]?.Primal ?? 0));
    // Between the best so far and the program's own answer: without that it zigzags.
    asked = master.map((price, k) => (price + (best.prices[k] ?? 0)) / 2);
  }
}

type IndexedChoice = { readonly worth: number; readonly uses: readonly (readonly [budget: number, amount: number])[] };

function indexed(budgets: readonly Budget[], day: readonly DayDecision[]): readonly (readonly IndexedChoice[])[] {
  const place = new Map(budgets.map(({ budgetId }, index) => [budgetId, index]));
  return day.map(({ choices }) =>
    choices
      .filter(({ worth }) => worth > 0)
      .map(({ worth, uses }) => ({
        worth,
        uses: uses.map(({ budgetId, amount }) => [place.get(budgetId) ?? 0, amount] as const),
      })),
  );
}

/** The dual function at some prices, with value and slope of each group's part of it. */
function dualAt(prices: readonly number[], day: readonly (readonly IndexedChoice[])[], limits: readonly number[]) {
  const values = Array.from({ length: groups }, () => 0);
  const slopes = values.map(() => limits.map(() => 0));
  for (const [index, choices] of day.entries()) {
    let [most, best]: [number, IndexedChoice | undefined] = [0, undefined];
    for (const choice of choices) {
      const score = choice.uses.reduce((left, [k, amount]) => left - (prices[k] ?? 0) * amount, choice.worth);
      if (score > most) [most, best] = [score, choice];
    }
    const group = index % groups;
    values[group] = (values[group] ?? 0) + most;
    const slope = slopes[group];
    for (const [k, amount] of best?.uses ?? []) if (slope !== undefined) slope[k] = (slope[k] ?? 0) - amount;
  }
  const value =
    values.reduce((sum, one) => sum + one, 0) + limits.reduce((sum, limit, k) => sum + limit * (prices[k] ?? 0), 0);
  return { value, values, slopes };
}

/** θ_g ≥ value + slope · (λ − prices), as a row of an LP file. */
function cutOf(group: number, prices: readonly number[], slope: readonly number[], value: number): string {
  const constant = slope.reduce((sum, one, k) => sum - one * (prices[k] ?? 0), value);
  const terms = slope.flatMap((one, k) => (one === 0 ? [] : [`${one < 0 ? '+' : '-'} ${Math.abs(one)} l${k}`]));
  return `t${group} ${terms.join(' ')} >= ${constant}`;
}

function masterOf(limits: readonly number[], cuts: readonly string[]): string {
  const cost = limits.map((limit, k) => `${limit} l${k}`).join(' + ');
  const parts = Array.from({ length: groups }, (_, group) => `t${group}`).join(' + ');
  return `Minimize\n obj: ${cost} + ${parts}\nSubject To\n${cuts.map((cut, row) => ` c${row}: ${cut}`).join('\n')}\nEnd\n`;
}
