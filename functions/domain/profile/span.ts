/** The first and the last time that something happened, in epoch milliseconds. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** The smallest span that holds both. */
export function hull(a: Span, b: Span): Span {
  return { first: Math.min(a.first, b.first), last: Math.max(a.last, b.last) };
}
