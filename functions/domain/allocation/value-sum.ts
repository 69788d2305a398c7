/** A sum of values, and what rounding has lost of it so far. */
export interface ValueSum {
  readonly sum: number;
  readonly lost: number;
}

export const noValue: ValueSum = { sum: 0, lost: 0 };

/** Adds a value (Neumaier 1974): a million values of cents add up to cents. */
export function addValue({ sum, lost }: ValueSum, value: number): ValueSum {
  const next = sum + value;
  return { sum: next, lost: lost + (sum >= value ? sum - next + value : value - next + sum) };
}

export function wholeValue({ sum, lost }: ValueSum): number {
  return sum + lost;
}
