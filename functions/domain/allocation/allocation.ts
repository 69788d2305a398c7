import type { AssignmentProgress, SolvedCore } from './assign-chunk.ts';
import { type AudienceChunk, pickCustomers } from './audience-chunk.ts';
import type { AudienceSize } from './audience-size.ts';
import {
  addCloseness,
  type ClosenessCounts,
  type CoreChoice,
  chooseCore,
  countCloseness,
  noCloseness,
} from './core-choice.ts';
import type { CoreGatherer } from './core-gatherer.ts';
import { corePrices } from './core-prices.ts';
import { nextSearch, type PriceSearch, pricesOf, searchOnward, startSearch } from './price-search.ts';
import type { Resource } from './resource.ts';
import { sampleShares } from './sample-shares.ts';
import { solveCore } from './solve-core.ts';
import { addTallies, emptyTally, type Tally, tallyChunk } from './tally.ts';
import { noValue } from './value-sum.ts';

/** What is allocated, and to how many. */
export interface AllocationProblem {
  readonly resources: readonly Resource[];
  readonly size: AudienceSize;
}

/**
 * How far an allocation is, between two chunks of the audience: plain JSON, some kilobytes and in the last pass some hundred. Whoever
 * holds it can go on, with chunks of any size; the answer is the same.
 *
 * It chooses at most one option for each customer so that the value is greatest and no limit is passed, in passes over the audience:
 * some to find shadow prices, first over samples; one that counts how close customers are to another choice; one that gathers those
 * that are closest, the core; and one in which all are assigned. Prices coordinate the choices: at them each customer can choose
 * alone (Lagrangian relaxation), and what that leaves over or takes too much is mended in the core.
 */
export interface Pricing {
  readonly stage: 'pricing';
  /** The sample that is looked at, as a place in `sampleShares`. */
  readonly sample: number;
  readonly search: PriceSearch;
  readonly tally: Tally;
}

/** What is known once the search for prices has ended. */
export interface Priced {
  /** What a tick of each resource costs. */
  readonly prices: readonly number[];
  /** No allocation is worth more. */
  readonly bound: number;
}

export interface Counting extends Priced {
  readonly stage: 'counting';
  readonly counts: ClosenessCounts;
}

export interface Gathering extends Priced {
  readonly stage: 'gathering';
  readonly choice: CoreChoice;
}

export interface Assigning extends Priced {
  readonly stage: 'assigning';
  readonly core: SolvedCore;
  readonly progress: AssignmentProgress;
}

export function startAllocation({ resources }: AllocationProblem): Pricing {
  return { stage: 'pricing', sample: 0, search: startSearch(resources), tally: emptyTally(resources.length) };
}

/** The part of the audience that is looked at while prices are searched for. */
export function shareOf({ size }: AllocationProblem, { sample }: Pricing): number {
  return sampleShares(size)[sample] ?? 1;
}

/** The customers of a chunk that are in a part of the audience; who is in a part is in every larger one. */
export function sampleOf(chunk: AudienceChunk, share: number): AudienceChunk {
  if (share === 1) return chunk;
  const picked: number[] = [];
  for (let customer = 0; customer < chunk.customers; customer += 1)
    if ((chunk.draws[customer] ?? 0) < share * 2 ** 32) picked.push(customer);
  return pickCustomers(chunk, picked);
}

/** Goes on with a chunk: while prices are searched for, with what `sampleOf` leaves of it. */
export function takeChunk(problem: AllocationProblem, allocation: Pricing, chunk: AudienceChunk): Pricing;
export function takeChunk(problem: AllocationProblem, allocation: Counting, chunk: AudienceChunk): Counting;
export function takeChunk(
  { resources, size }: AllocationProblem,
  allocation: Pricing | Counting,
  chunk: AudienceChunk,
): Pricing | Counting {
  if (allocation.stage === 'counting')
    return { ...allocation, counts: addCloseness(allocation.counts, countCloseness(chunk, allocation.prices)) };
  const unit = unitOf(size);
  const tally = tallyChunk(chunk, pricesOf(allocation.search.point, resources, unit), unit);
  return { ...allocation, tally: addTallies(allocation.tally, tally) };
}

/** Goes on when the audience, or the part of it that was asked for, is at its end. */
export function endPass(problem: AllocationProblem, allocation: Pricing | Counting): Pricing | Counting | Gathering {
  const { resources, size } = problem;
  if (allocation.stage === 'counting') {
    const { prices, bound, counts } = allocation;
    return { stage: 'gathering', prices, bound, choice: chooseCore(counts, size) };
  }
  const { sample, tally } = allocation;
  const share = tally.customers / Math.max(1, size.customers);
  const isWhole = shareOf(problem, allocation) === 1;
  const search =
    share === 0
      ? allocation.search
      : nextSearch(allocation.search, resources, tally, isWhole ? 1 : share, isWhole ? wholeGoal(size) : sampleGoal);
  const next: Pricing = { stage: 'pricing', sample, search, tally: emptyTally(resources.length) };
  if (!search.isDone && share > 0) return next;
  if (!isWhole) return { ...next, sample: sample + 1, search: searchOnward(search) };
  const unit = unitOf(size);
  return {
    stage: 'counting',
    prices: pricesOf(search.best?.worths ?? search.point, resources, unit),
    bound: (search.bound ?? 0) * unit,
    counts: noCloseness(resources.length),
  };
}

/** Chooses for the core, and goes on to assign. */
export function endGathering(
  { resources, size }: AllocationProblem,
  { prices, bound }: Gathering,
  gatherer: CoreGatherer,
): Assigning {
  const { chunk, ordinals, fixed } = gatherer.core();
  const left = resources.map(({ ticks }, k) => Math.max(0, ticks - (fixed[k] ?? 0)));
  const seats = solveCore(chunk, corePrices(chunk, prices, resources, left, unitOf(size)), left);
  const places = Array.from(seats.chosen, (option) => chunk.places[option] ?? -1);
  return {
    stage: 'assigning',
    prices,
    bound,
    core: { ordinals, places },
    progress: {
      customers: 0,
      value: noValue,
      left: resources.map(({ ticks }, k) => ticks - (left[k] ?? 0) + (seats.left[k] ?? 0)),
    },
  };
}

const sampleGoal = { error: 2e-3, mostPasses: 150 };

/** Few options are looked at so quickly that more passes cost nothing that anyone would notice. */
function wholeGoal({ options }: AudienceSize) {
  return { error: 2e-4, mostPasses: Math.max(60, Math.min(400, Math.ceil(2 ** 24 / Math.max(1, options)))) };
}

/** A power of two that no value is above, and none is below half of. */
function unitOf({ largestValue }: AudienceSize): number {
  return largestValue === 0 ? 1 : 2 ** Math.ceil(Math.log2(largestValue));
}
