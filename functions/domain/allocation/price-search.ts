import { sumOf } from './exact-sum.ts';
import { firstLine, type Line, nextLine } from './price-line.ts';
import type { Resource } from './resource.ts';
import { type Tally, worthsAUnit } from './tally.ts';

/**
 * A search for shadow prices between two passes over the audience: plain JSON, so that another function can go on with it.
 *
 * What is minimised is the Lagrangian dual of the multiple-choice multidimensional knapsack,
 * D(λ) = Σ λ_k B_k + Σ_i max(0, max_j (v_ij − Σ_k λ_k a_ijk)): convex, in pieces linear, and at each λ ≥ 0 a bound of the optimum
 * (Geoffrion, “Lagrangean relaxation for integer programming”, 1974; Fisher, “The Lagrangian relaxation method for solving integer
 * programming problems”, Management Science 1981). A pass gives its value and a sub-gradient: the limits less what is taken.
 * λ is kept as what all of each limit costs, in the unit of the values.
 */
export interface PriceSearch {
  readonly passes: number;
  /** Where the next pass is asked for. Below zero means the same as above: D(|λ|) has its least where D has it. */
  readonly point: readonly number[];
  /** What all of each limit is typically worth to those who take of it: the length of the first step. Empty before the first pass. */
  readonly typical: readonly number[];
  /** The line that is walked along; undefined before the first pass over these customers. */
  readonly line?: Line | undefined;
  /** The line of a search over fewer customers. */
  readonly before?: Line | undefined;
  /** The prices with the least error so far, and what part of each limit is taken at them. */
  readonly best?:
    | { readonly worths: readonly number[]; readonly taken: readonly number[]; readonly error: number }
    | undefined;
  /** The lowest bound so far. */
  readonly bound?: number | undefined;
  /** Whether the last pass is under way, at prices without those of what is plenty. */
  readonly isLast?: boolean;
  readonly isDone: boolean;
}

/** A search before its first pass, at which nothing costs anything. */
export function startSearch(resources: readonly Resource[]): PriceSearch {
  return { passes: 0, point: resources.map(() => 0), typical: [], isDone: false };
}

/** The search over more customers, from where one over fewer has ended. */
export function searchOnward({ best, point, typical, line }: PriceSearch): PriceSearch {
  return { passes: 0, point: best?.worths ?? point, typical, before: line, isDone: false };
}

/** What a tick of each resource costs when all of it costs this, in the unit of the values. */
export function pricesOf(worths: readonly number[], resources: readonly Resource[], valueUnit: number): number[] {
  return resources.map(({ ticks }, k) => (ticks === 0 ? 0 : (Math.abs(worths[k] ?? 0) * valueUnit) / ticks));
}

/** When a search has found enough. */
export interface SearchGoal {
  /** Error at which it ends, as a share of the optimum, beside what chance and single customers make of it. */
  readonly error: number;
  readonly mostPasses: number;
}

/** Goes on with what a pass has tallied; `share` is the part of the audience that it was over. */
export function nextSearch(
  search: PriceSearch,
  resources: readonly Resource[],
  tally: Tally,
  share: number,
  goal: SearchGoal,
): PriceSearch {
  const { point } = search;
  const worths = point.map(Math.abs);
  const taken = resources.map(({ ticks }, k) => (ticks === 0 ? 0 : (tally.uses[k] ?? 0) / share / ticks));
  const bound = sumOf(tally.left) / share + worths.reduce((sum, worth) => sum + worth, 0);
  const typical = search.typical.length > 0 ? search.typical : typicalWorths(resources, tally, taken, bound, share);
  const misses = taken.map((part, k) => {
    const worth = worths[k] ?? 0;
    return part > 1 ? (part - 1) * Math.max(worth, typical[k] ?? 0) : (1 - part) * worth;
  });
  const error = bound === 0 ? 0 : sum(misses) / bound;
  const doubt = bound === 0 ? 0 : sum(worths.map((worth, k) => worth * doubtOf(tally.takers[k] ?? 0, share))) / bound;
  const isEnough = error <= goal.error + doubt;
  const isBest = search.best === undefined || error < search.best.error || (search.isLast === true && isEnough);
  const known: PriceSearch = {
    ...search,
    passes: search.passes + 1,
    typical,
    best: isBest ? { worths, taken, error } : search.best,
    bound: Math.min(search.bound ?? bound, bound),
  };
  if (search.isLast === true) return { ...known, isDone: true };
  if (isEnough || known.passes >= goal.mostPasses) return lastPass(known);
  const gradient = taken.map((part, k) => ((point[k] ?? 0) < 0 ? part - 1 : 1 - part));
  const line = lineOf(search, typical, gradient);
  return { ...known, line, point: point.map((at, k) => stepped(at, line.step * (line.direction[k] ?? 0))) };
}

/** Of what so much is left over there is plenty, and its price an error of the search. */
const plenty = 0.01;

/** The pass that sees whether prices of what is plenty can be left out; none when there are none. */
function lastPass(search: PriceSearch): PriceSearch {
  const { worths = [], taken = [] } = search.best ?? {};
  const point = worths.map((worth, k) => ((taken[k] ?? 0) < 1 - plenty ? 0 : worth));
  return point.every((worth, k) => worth === worths[k])
    ? { ...search, isDone: true }
    : { ...search, point, isLast: true };
}

function lineOf({ line, before }: PriceSearch, typical: readonly number[], gradient: readonly number[]): Line {
  if (line !== undefined) return nextLine(line, gradient);
  if (before !== undefined) return firstLine(before.metric, gradient, before.step);
  const metric = typical.map((scale, k) => typical.map((_, l) => (k === l ? scale : 0)));
  return firstLine(metric, gradient, 1);
}

/** A price that would pass zero stops there first: what is not scarce costs nothing, not next to nothing. */
function stepped(at: number, step: number): number {
  const next = at - step;
  return at * next < 0 ? 0 : next;
}

/** How far the part that is taken of a limit can be off by chance in a sample, and by a single customer in all. */
function doubtOf(takers: number, share: number): number {
  return share < 1 ? 0.3 / Math.sqrt(takers + 1) : 0.1 / (takers + 1);
}

/** What customers at no price find worth of what they take, for as much of it as there is. */
function typicalWorths(
  resources: readonly Resource[],
  tally: Tally,
  taken: readonly number[],
  bound: number,
  share: number,
): number[] {
  return resources.map(({ ticks }, k) => {
    if (ticks === 0) return 0;
    const worth = tally.worths[k] ?? 0;
    return Math.max(worth / worthsAUnit / share / Math.max(1, taken[k] ?? 0), bound * leastTypical);
  });
}

/** What nobody takes at no price may still be wanted when all else costs something. */
const leastTypical = 1e-6;

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
