import { priceOfUnit } from '#domain/allocation/resource.ts';
import type { Allocate } from '#ports/allocation.ts';
import { gather } from '#runtime/gather.ts';
import { allocate } from './allocate.ts';
import { chunksAtOnce, rereadAudience } from './reread-audience.ts';

/** Of the function's 1,769 MB: two million customers with ten options each; of more, the rest is read again in each pass. */
const mostBytesHeld = 2 ** 29;

/** Allocates by shadow prices; who and what was chosen is read by name when all is chosen. */
export const pricedAllocation: Allocate = async (problem) => {
  const audience = await rereadAudience(problem, mostBytesHeld);
  const { chunks, customersOf, assign } = problem;
  let next = 0;
  let waiting: { readonly chunk: number; readonly places: readonly number[] }[] = [];
  const tell = async () => {
    await gather(waiting, chunksAtOnce, async ({ chunk, places }) => {
      const customers = await customersOf(chunk);
      const assignments = customers.flatMap(({ customer, options }, at) => {
        const option = options[places[at] ?? -1];
        return option === undefined ? [] : [{ customer, option: option.id }];
      });
      await assign(chunk, assignments);
    });
    waiting = [];
  };
  const { prices } = await allocate(audience, async ({ places }, chosen) => {
    const chunk = chunks[next++];
    if (chunk === undefined) return;
    waiting.push({ chunk, places: Array.from(chosen, (option) => places[option] ?? -1) });
    if (waiting.length === chunksAtOnce) await tell();
  });
  await tell();
  const { resources } = audience;
  return { prices: Object.fromEntries(resources.map((each, k) => [each.name, priceOfUnit(each, prices[k] ?? 0)])) };
};
