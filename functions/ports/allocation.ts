/** What could be done for a customer: what each option is worth, and what it takes of the limits. */
export interface CustomerChoices {
  readonly customer: string;
  readonly options: readonly {
    readonly id: string;
    readonly value: number;
    readonly uses: Readonly<Record<string, number>>;
  }[];
}

/** Chooses at most one option for each customer, within limits, so that all together are worth most. */
export interface AllocationProblem {
  readonly limits: Readonly<Record<string, number>>;
  /** Numbers of the chunks, in order; equal chunks in equal order give equal choices. */
  readonly chunks: readonly number[];
  /** The customers of a chunk; asked for as often as prices need another pass. */
  customersOf(chunk: number): Promise<readonly CustomerChoices[]>;
  /** Hears what was chosen for the customers of a chunk, once. */
  assign(chunk: number, assignments: readonly { readonly customer: string; readonly option: string }[]): Promise<void>;
}

/** Solves a problem; answers what a unit of each limit was worth. */
export type Allocate = (problem: AllocationProblem) => Promise<{ readonly prices: Readonly<Record<string, number>> }>;
