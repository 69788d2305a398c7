import type { AudienceChunk } from '#domain/allocation/audience-chunk.ts';
import { ChunkPacker } from '#domain/allocation/chunk-packer.ts';
import { amountOf, resourcesOf } from '#domain/allocation/resource.ts';
import type { Allocate } from '#ports/allocation.ts';
import { allocate } from './allocate.ts';

/** Allocates to an audience that is held as numbers, some bytes an option; names are read again when all is chosen. */
export const pricedAllocation: Allocate = async ({ limits, chunks, customersOf, assign }) => {
  const resources = resourcesOf(limits);
  const packer = new ChunkPacker(resources);
  const packed: AudienceChunk[] = [];
  for (const chunk of chunks) {
    for (const customer of await customersOf(chunk)) packer.add(customer);
    packed.push(packer.take());
  }
  const left = chunks.values();
  const { prices } = await allocate(
    { resources, size: packer.size, chunks: () => packed },
    async ({ places }, chosen) => {
      const { value: chunk } = left.next();
      if (chunk === undefined) return;
      const customers = await customersOf(chunk);
      const assignments = customers.flatMap(({ customer, options }, at) => {
        const option = chosen[at] ?? -1;
        const { id } = (option < 0 ? undefined : options[places[option] ?? -1]) ?? {};
        return id === undefined ? [] : [{ customer, option: id }];
      });
      await assign(chunk, assignments);
    },
  );
  const priceOf = (place: number, tick: number) => (prices[place] ?? 0) / tick;
  return {
    prices: Object.fromEntries(resources.map((each, place) => [each.name, priceOf(place, amountOf(each, 1))])),
  };
};
