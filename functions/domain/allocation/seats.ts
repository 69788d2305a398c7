import type { AudienceChunk } from './audience-chunk.ts';
import { addUses } from './closeness.ts';

/** Which option each customer of a chunk has, and what is left of each resource; no more than that can be taken. */
export class Seats {
  /** The option of each customer, -1 for none. */
  readonly chosen: Int32Array;
  /** Ticks of each resource. */
  readonly left: Float64Array;
  readonly #chunk: AudienceChunk;

  constructor(chunk: AudienceChunk, left: ArrayLike<number>) {
    this.#chunk = chunk;
    this.chosen = new Int32Array(chunk.customers).fill(-1);
    this.left = Float64Array.from(left);
  }

  /** What the customer's option is worth. */
  valueOf(customer: number): number {
    return this.#chunk.values[this.chosen[customer] ?? -1] ?? 0;
  }

  /** Gives a customer an option in place of its own if what is left allows it. */
  change(customer: number, option: number): boolean {
    const current = this.chosen[customer] ?? -1;
    addUses(this.#chunk, current, 1, this.left);
    const fits = this.#fits(option);
    const next = fits ? option : current;
    addUses(this.#chunk, next, -1, this.left);
    this.chosen[customer] = next;
    return fits;
  }

  #fits(option: number): boolean {
    const { useEnds, resources, ticks } = this.#chunk;
    if (option < 0) return true;
    const end = useEnds[option] ?? 0;
    for (let use = useEnds[option - 1] ?? 0; use < end; use += 1)
      if ((ticks[use] ?? 0) > (this.left[resources[use] ?? 0] ?? 0)) return false;
    return true;
  }
}
