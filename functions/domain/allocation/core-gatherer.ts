import { type AudienceChunk, joinChunks, pickCustomers } from './audience-chunk.ts';
import { lookClosely } from './closeness.ts';
import { type CoreChoice, isInCore } from './core-choice.ts';

/** Gathers the customers of a core from the chunks of an audience in their order, and what all others take. */
export class CoreGatherer {
  readonly #prices: readonly number[];
  readonly #choice: CoreChoice;
  readonly #parts: AudienceChunk[] = [];
  readonly #ordinals: number[] = [];
  /** Ticks of each resource. */
  readonly #fixed: number[];
  #customers = 0;

  constructor(prices: readonly number[], choice: CoreChoice) {
    this.#prices = prices;
    this.#choice = choice;
    this.#fixed = prices.map(() => 0);
  }

  add(chunk: AudienceChunk): void {
    const picked: number[] = [];
    lookClosely(chunk, this.#prices, (seen) => {
      if (isInCore(this.#choice, seen)) picked.push(seen.customer);
      else this.#fix(chunk, seen.best);
    });
    this.#ordinals.push(...picked.map((customer) => this.#customers + customer));
    this.#parts.push(pickCustomers(chunk, picked));
    this.#customers += chunk.customers;
  }

  /** The core's customers, with the place of each in the audience, and the ticks of each resource that customers outside of it take. */
  core(): { readonly chunk: AudienceChunk; readonly ordinals: readonly number[]; readonly fixed: readonly number[] } {
    return { chunk: joinChunks(this.#parts), ordinals: this.#ordinals, fixed: this.#fixed };
  }

  #fix({ useEnds, resources, ticks }: AudienceChunk, option: number): void {
    const end = useEnds[option] ?? 0;
    for (let use = useEnds[option - 1] ?? 0; use < end; use += 1) {
      const k = resources[use] ?? 0;
      this.#fixed[k] = Math.min(mostTicks, (this.#fixed[k] ?? 0) + (ticks[use] ?? 0));
    }
  }
}

/** As in a tally: more is too much, however much it is. */
const mostTicks = 2 ** 52;
