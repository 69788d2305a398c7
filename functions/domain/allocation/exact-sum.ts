/**
 * A sum of numbers from 0 to 1 that does not depend on their order: each is rounded up to 2^-52, and two whole numbers hold what is
 * above and below 2^-26. It is exact for 134 million numbers.
 */
export interface ExactSum {
  readonly high: number;
  readonly low: number;
}

export const emptySum: ExactSum = { high: 0, low: 0 };

const half = 2 ** 26;

/** Adds a number to a sum that its caller owns. */
export function addToSum(sum: { high: number; low: number }, share: number): void {
  const steps = Math.ceil(share * half * half);
  const high = Math.floor(steps / half);
  sum.high += high;
  sum.low += steps - high * half;
}

export function sumOf({ high, low }: ExactSum): number {
  return high / half + low / half / half;
}
