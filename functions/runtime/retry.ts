/** Pauses with full jitter: before attempt n + 1 a random time up to `firstMs` · 2^(n−1), at most `longestMs`. */
export function fullJitter(firstMs: number, longestMs: number): (attempt: number) => Promise<void> {
  return (attempt) => {
    const ceiling = Math.min(longestMs, firstMs * 2 ** (attempt - 1));
    return new Promise((resolve) => setTimeout(resolve, Math.random() * ceiling));
  };
}

/**
 * Does what somebody else may be faster at, until they are not: `attempt` is told which one it is, from 1 on, and gives `conflict`
 * when it has to be done again, after a pause. The answer is `conflict` when all attempts met one.
 */
export async function untilSettled<Settled>(
  attempts: number,
  pause: (attempt: number) => Promise<void>,
  attempt: (number: number) => Promise<Settled | 'conflict'>,
): Promise<Settled | 'conflict'> {
  for (let number = 1; ; number++) {
    const settled = await attempt(number);
    if (settled !== 'conflict' || number >= attempts) return settled;
    await pause(number);
  }
}
