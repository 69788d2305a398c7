import { uniform } from '#domain/propensity/thompson.ts';

/** Draws that a name determines for ever: of the engine's own numbers, so that no other generator's change moves them. */
export interface Draws {
  /** A number between 0 and 1. */
  share(): number;
  /** A whole number from 0, below a bound. */
  below(bound: number): number;
  /** A number between two. */
  between(least: number, most: number): number;
  /** Whether something of a probability happens. */
  happens(probability: number): boolean;
  /** One of a list. */
  pick<Value>(values: readonly [Value, ...Value[]]): Value;
  /** Those of a list that happen, each with a probability. */
  some<Value>(values: readonly Value[], probability: number): Value[];
}

/** Draws of a name. */
export function drawsOf(name: string): Draws {
  let drawn = 0;
  const share = () => uniform(`${name} ${drawn++}`);
  const below = (bound: number) => Math.floor(share() * bound);
  const happens = (probability: number) => share() < probability;
  return {
    share,
    below,
    happens,
    between: (least, most) => least + share() * (most - least),
    pick: (values) => values[below(values.length)] ?? values[0],
    some: (values, probability) => values.filter(() => happens(probability)),
  };
}
