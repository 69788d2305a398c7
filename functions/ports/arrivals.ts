/** Remembers for 35 days which time its first arrival gave a message, so that a time that depends on the arrival is the same for every arrival. */
export interface Arrivals {
  /** Times of messages by key, in epoch microseconds and in their order: the given ones for those that are new. */
  first(
    messages: readonly { readonly key: string; readonly micros: number }[],
    nowMs: number,
  ): Promise<readonly number[]>;
}
