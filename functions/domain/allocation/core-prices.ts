import type { AudienceChunk } from './audience-chunk.ts';
import { nextSearch, type PriceSearch, pricesOf } from './price-search.ts';
import type { Resource } from './resource.ts';
import { tallyChunk } from './tally.ts';

const goal = { error: 2e-5, mostPasses: 100 };
/** The first step, as a share of the prices. */
const firstStep = 0.02;

/** Prices at which a core takes what others leave of the resources: near those of all, and nearer to what is left. */
export function corePrices(
  core: AudienceChunk,
  prices: readonly number[],
  resources: readonly Resource[],
  left: readonly number[],
  valueUnit: number,
): readonly number[] {
  // Of what is used up nothing can be taken, whatever it costs: a tick makes a limit of it that can be passed.
  const remains = resources.map((resource, k) => ({ ...resource, ticks: Math.max(1, left[k] ?? 0) }));
  const point = prices.map((price, k) => (price * (remains[k]?.ticks ?? 0)) / valueUnit);
  const metric = point.map((scale, k) => point.map((_, l) => (k === l ? scale : 0)));
  let search: PriceSearch = {
    passes: 0,
    point,
    typical: point,
    before: { metric, gradient: point, direction: point, step: firstStep, steps: 1 },
    isDone: false,
  };
  while (!search.isDone) {
    const tally = tallyChunk(core, pricesOf(search.point, remains, valueUnit), valueUnit);
    search = nextSearch(search, remains, tally, 1, goal);
  }
  return pricesOf(search.best?.worths ?? point, remains, valueUnit);
}
