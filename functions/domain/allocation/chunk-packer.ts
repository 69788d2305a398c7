import { hash32 } from '#domain/text/stable-hash.ts';
import { AllocationProblemError } from './allocation-problem-error.ts';
import type { AudienceChunk } from './audience-chunk.ts';
import { type AudienceSize, emptySize } from './audience-size.ts';
import type { CustomerOption, CustomerOptions } from './customer-options.ts';
import { type Resource, ticksOf } from './resource.ts';

/** Packs customers into chunks, and measures the audience that they are. */
export class ChunkPacker {
  readonly #resources: readonly Resource[];
  readonly #places: ReadonlyMap<string, number>;
  /** The options of the customer that is being added. */
  readonly #ids = new Set<string>();
  #size: AudienceSize = emptySize;
  #chunk = emptyLists();

  constructor(resources: readonly Resource[]) {
    this.#resources = resources;
    this.#places = new Map(resources.map(({ name }, place) => [name, place]));
  }

  /** All that was packed so far. */
  get size(): AudienceSize {
    return this.#size;
  }

  /** Customers that the next chunk has so far. */
  get waiting(): number {
    return this.#chunk.draws.length;
  }

  /** Adds a customer to the next chunk. Throws an AllocationProblemError for a number that is no amount and for an unknown resource. */
  add({ customer, options }: CustomerOptions): void {
    const { draws, optionEnds, values } = this.#chunk;
    this.#ids.clear();
    for (const [place, option] of options.entries()) this.#addOption(customer, option, place);
    draws.push(hash32(customer));
    optionEnds.push(values.length);
    const began = optionEnds.at(-2) ?? 0;
    let { largestValue } = this.#size;
    for (let at = began; at < values.length; at += 1) largestValue = Math.max(largestValue, values[at] ?? 0);
    const { customers: before, options: optionsBefore } = this.#size;
    this.#size = { customers: before + 1, options: optionsBefore + values.length - began, largestValue };
  }

  /** The customers since the last time. */
  take(): AudienceChunk {
    const { draws, optionEnds, values, places, useEnds, resources, ticks } = this.#chunk;
    this.#chunk = emptyLists();
    return {
      customers: draws.length,
      draws: Uint32Array.from(draws),
      optionEnds: Uint32Array.from(optionEnds),
      values: Float64Array.from(values),
      places: Uint16Array.from(places),
      useEnds: Uint32Array.from(useEnds),
      resources: Uint16Array.from(resources),
      ticks: Float64Array.from(ticks),
    };
  }

  #addOption(customer: string, { id, value, uses }: CustomerOption, place: number): void {
    const { values, places, useEnds, resources, ticks } = this.#chunk;
    if (this.#ids.has(id)) throw new AllocationProblemError(`Option ${id} of ${customer} stands twice`);
    this.#ids.add(id);
    if (!Number.isFinite(value))
      throw new AllocationProblemError(`Option ${id} of ${customer} has the value ${value}: expected a number`);
    const before = ticks.length;
    let fits = value > 0;
    for (const name in uses) {
      const amount = uses[name] ?? 0;
      const resource = this.#places.get(name);
      const limited = resource === undefined ? undefined : this.#resources[resource];
      if (resource === undefined || limited === undefined)
        throw new AllocationProblemError(
          `Option ${id} of ${customer} uses ${name}, which has no limit: ${this.#known()}`,
        );
      if (!Number.isFinite(amount) || amount < 0)
        throw new AllocationProblemError(
          `Option ${id} of ${customer} uses ${amount} of ${name}: expected a number from 0`,
        );
      const own = ticksOf(limited, amount);
      if (own > limited.ticks) fits = false;
      if (own === 0) continue;
      resources.push(resource);
      ticks.push(own);
    }
    if (fits) {
      values.push(value);
      places.push(place);
      useEnds.push(ticks.length);
    } else {
      resources.length = before;
      ticks.length = before;
    }
  }

  #known(): string {
    return this.#resources.length === 0
      ? 'there are no limits'
      : `expected one of ${this.#resources.map(({ name }) => name).join(', ')}`;
  }
}

function emptyLists() {
  const numbers = (): number[] => [];
  return {
    draws: numbers(),
    optionEnds: numbers(),
    values: numbers(),
    places: numbers(),
    useEnds: numbers(),
    resources: numbers(),
    ticks: numbers(),
  };
}
