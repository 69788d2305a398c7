import type { WatchedActivity } from './activity.ts';
import type { Service } from './service.ts';

/**
 * Resolves when nothing is in flight and nothing waits for a buffer or a batching window. Messages that failed and
 * are hidden until their visibility timeout are not in flight: move the clock to have them tried again.
 */
export async function settle(services: readonly Service[], activity: WatchedActivity): Promise<void> {
  let did = true;
  while (did || activity.inFlight > 0) {
    await activity.idle();
    const flushed = await Promise.all(services.map((service) => service.flush?.()));
    did = flushed.includes(true);
  }
}
