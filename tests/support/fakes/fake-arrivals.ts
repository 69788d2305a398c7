import type { Arrivals } from '#ports';

/** First arrivals in memory, and what was asked. */
export class FakeArrivals implements Arrivals {
  readonly firsts = new Map<string, number>();
  asked = 0;

  async first(keys: readonly string[], nowMs: number): Promise<readonly number[]> {
    this.asked += keys.length;
    return keys.map((key) => {
      const first = this.firsts.get(key) ?? nowMs;
      this.firsts.set(key, first);
      return first;
    });
  }
}
