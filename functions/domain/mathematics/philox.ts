/**
 * Philox 2x32 with ten rounds (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"): two 32-bit words that are a
 * function of a counter of two words and a key, uniform and independent for all practical purposes.
 */
export function philox(counter: readonly [number, number], key: number): [number, number] {
  let [left, right] = counter;
  let round = key >>> 0;
  for (let count = 0; count < 10; count += 1) {
    const high = highWord(left);
    const low = Math.imul(left, multiplier) >>> 0;
    left = (high ^ round ^ right) >>> 0;
    right = low;
    round = (round + 0x9e3779b9) >>> 0;
  }
  return [left, right];
}

const multiplier = 0xd256d193;
const multiplierLow = multiplier & 0xffff;
const multiplierHigh = multiplier >>> 16;

/** The upper 32 bits of a word times the multiplier, from 16-bit halves: numbers hold 53 bits. */
function highWord(word: number): number {
  const low = word & 0xffff;
  const high = word >>> 16;
  const middle = high * multiplierLow + ((low * multiplierLow) >>> 16);
  const carry = (middle & 0xffff) + low * multiplierHigh;
  return high * multiplierHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000);
}
