import type { AudienceChunk } from './audience-chunk.ts';
import { addUses } from './closeness.ts';

/** Which option each customer of a chunk has, and what is left of each resource: less than nothing where too much is taken. */
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

  /** Gives a customer an option in place of its own, whatever is left. */
  seat(customer: number, option: number): void {
    addUses(this.#chunk, this.chosen[customer] ?? -1, 1, this.left);
    addUses(this.#chunk, option, -1, this.left);
    this.chosen[customer] = option;
  }

  /** Gives a customer an option in place of its own if what is left allows it. */
  change(customer: number, option: number): boolean {
    const fits = this.lacking(customer, option) < 0;
    if (fits) this.seat(customer, option);
    return fits;
  }

  /** The first resource of which there is too little for an option in place of the customer's own; -1 when it fits. */
  lacking(customer: number, option: number): number {
    if (option < 0) return -1;
    const current = this.chosen[customer] ?? -1;
    const { useEnds, resources, ticks } = this.#chunk;
    addUses(this.#chunk, current, 1, this.left);
    const end = useEnds[option] ?? 0;
    let lacking = -1;
    for (let use = useEnds[option - 1] ?? 0; use < end && lacking < 0; use += 1) {
      const k = resources[use] ?? 0;
      if ((ticks[use] ?? 0) > (this.left[k] ?? 0)) lacking = k;
    }
    addUses(this.#chunk, current, -1, this.left);
    return lacking;
  }
}
