import type { AudienceChunk } from '#domain/allocation/audience-chunk.ts';
import { ChunkPacker } from '#domain/allocation/chunk-packer.ts';
import type { CustomerOptions } from '#domain/allocation/customer-options.ts';
import { type Limits, resourcesOf } from '#domain/allocation/resource.ts';
import { wholeValue } from '#domain/allocation/value-sum.ts';
import { allocate } from '#use-cases/campaign/allocate.ts';

/** What a problem in memory is allocated, with chunks of so many customers. */
export async function allocated(limits: Limits, customers: readonly CustomerOptions[], customersAChunk = 1000) {
  const resources = resourcesOf(limits);
  const packer = new ChunkPacker(resources);
  const chunks: AudienceChunk[] = [];
  for (const customer of customers) {
    packer.add(customer);
    if (packer.waiting === customersAChunk) chunks.push(packer.take());
  }
  chunks.push(packer.take());
  const options: (string | undefined)[] = [];
  const { progress, bound, prices } = await allocate(
    { resources, size: packer.size, chunks: () => chunks },
    ({ places }, chosen) => {
      for (const option of chosen)
        options.push(option < 0 ? undefined : customers[options.length]?.options[places[option] ?? 0]?.id);
    },
  );
  return { value: wholeValue(progress.value), bound, prices, options };
}

/** The sums of what was chosen, of value and of each resource, as a reader of the assignments would add them up. */
export function addedUp(
  limits: Limits,
  customers: readonly CustomerOptions[],
  options: readonly (string | undefined)[],
): { readonly value: number; readonly uses: Readonly<Record<string, number>> } {
  let value = 0;
  const uses = Object.fromEntries(Object.keys(limits).map((name) => [name, 0]));
  for (const [at, { options: own }] of customers.entries()) {
    const option = own.find(({ id }) => id === options[at]);
    value += option?.value ?? 0;
    for (const [name, amount] of Object.entries(option?.uses ?? {})) uses[name] = (uses[name] ?? 0) + amount;
  }
  return { value, uses };
}
