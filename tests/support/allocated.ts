import type { AudienceChunk } from '#domain/allocation/audience-chunk.ts';
import { ChunkPacker } from '#domain/allocation/chunk-packer.ts';
import type { CustomerOptions } from '#domain/allocation/customer-options.ts';
import { type Limits, resourcesOf } from '#domain/allocation/resource.ts';
import { wholeValue } from '#domain/allocation/value-sum.ts';
import { type AllocationProgress, allocateOnward } from '#use-cases/campaign/allocate.ts';

/** How a problem is cut: into chunks of so many customers, and broken off after so many of them, each time. */
interface Cuts {
  readonly customersAChunk?: number;
  readonly chunksAtATime?: number;
  readonly hearProgress?: (progress: AllocationProgress) => void;
}

/** What a problem in memory is allocated. When it is broken off, what is kept goes through JSON. */
export async function allocated(
  limits: Limits,
  customers: readonly CustomerOptions[],
  { customersAChunk = 1000, chunksAtATime = Number.POSITIVE_INFINITY, hearProgress = () => {} }: Cuts = {},
) {
  const resources = resourcesOf(limits);
  const packer = new ChunkPacker(resources);
  const chunks: AudienceChunk[] = [];
  for (const customer of customers) {
    packer.add(customer);
    if (packer.waiting === customersAChunk) chunks.push(packer.take());
  }
  chunks.push(packer.take());
  const audience = { resources, size: packer.size, chunks: (from: number) => chunks.slice(from) };
  const options: (string | undefined)[] = [];
  const hear = ({ places }: AudienceChunk, chosen: Int32Array) => {
    for (const option of chosen)
      options.push(option < 0 ? undefined : customers[options.length]?.options[places[option] ?? 0]?.id);
  };
  let progress: AllocationProgress | undefined;
  let starts = 0;
  do {
    let chunksLeft = chunksAtATime;
    progress = await allocateOnward(audience, progress, hear, () => --chunksLeft <= 0);
    progress = JSON.parse(JSON.stringify(progress)) as AllocationProgress;
    hearProgress(progress);
    starts += 1;
  } while (!progress.isDone);
  if (progress.allocation.stage !== 'assigning') throw new Error('It ended before all were assigned');
  const { allocation } = progress;
  const prices = resources.map((resource, k) => (allocation.prices[k] ?? 0) * resource.ticks);
  return { value: wholeValue(allocation.progress.value), bound: allocation.bound, worths: prices, options, starts };
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
