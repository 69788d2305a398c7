/** Pauses with full jitter: before attempt n + 1 a random time up to `firstMs` · 2^(n−1), at most `longestMs`. */
export function fullJitter(firstMs: number, longestMs: number): (attempt: number) => Promise<void> {
  return (attempt) => {
    const ceiling = Math.min(longestMs, firstMs * 2 ** (attempt - 1));
    return new Promise((resolve) => setTimeout(resolve, Math.random() * ceiling));
  };
}
