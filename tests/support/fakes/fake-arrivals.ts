import type { Arrivals } from '#ports/arrivals.ts';

/** Times of first arrivals in memory, and what was asked. */
export class FakeArrivals implements Arrivals {
  readonly firsts = new Map<string, number>();
  asked = 0;

  async first(messages: Parameters<Arrivals['first']>[0]): Promise<readonly number[]> {
    this.asked += messages.length;
    return messages.map(({ key, micros }) => {
      const first = this.firsts.get(key) ?? micros;
      this.firsts.set(key, first);
      return first;
    });
  }
}
