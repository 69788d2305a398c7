/** Counts what channels send in a minute, for all functions together. */
export interface SendingRates {
  /** Takes up to `wanted` messages of a channel's `most` in the minute of a time; answers how many it got. */
  take(channel: string, nowMs: number, wanted: number, most: number): Promise<number>;
}
