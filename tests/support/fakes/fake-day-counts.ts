import type { DayCounts } from '#ports/day-counts.ts';

/** Day counts in memory, and how often they were asked; `isDown` makes them fail. */
export class FakeDayCounts implements DayCounts {
  readonly counts = new Map<string, number>();
  asked = 0;
  isDown = false;

  async add(credentialId: string, day: string, events: number): Promise<number> {
    this.asked++;
    if (this.isDown) throw new Error('throttled');
    const key = `${credentialId} ${day}`;
    const sum = (this.counts.get(key) ?? 0) + events;
    this.counts.set(key, sum);
    return sum;
  }
}
