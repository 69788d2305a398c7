import { packedEntries } from '#contracts/bus/packed-entries.ts';
import type { Bus } from '#ports/bus.ts';
import type { WaitingPresentations } from '#ports/waiting-presentations.ts';

export interface TellUnansweredDeps {
  readonly waiting: WaitingPresentations;
  readonly bus: Bus;
  readonly now: () => number;
  readonly newId: () => string;
}

/**
 * Tells the bus which presentations have waited long enough for an answer. They are forgotten after it, so that a crash tells them
 * again: models learn each once, and an answer that they know stands.
 */
export function tellUnanswered({ waiting, bus, now, newId }: TellUnansweredDeps) {
  return (times: readonly number[]): Promise<void> =>
    waiting.releaseDue(Math.max(...times), (due) => {
      const stamp = { newId, occurredAt: new Date(now()).toISOString() };
      return bus.publish(packedEntries('PresentationsUnanswered', stamp, due, (presentations) => ({ presentations })));
    });
}
