import { setImmediate } from 'node:timers/promises';
import type { Activity } from '#local-cloud/cloud/service.ts';

/** Whether a flow of states is at work, as `settle` sees it: a flow that waits for a time or for somebody else is not. */
export interface Presence {
  enter(): void;
  leave(): void;
  /** Awaits something that may take any time; the flow is not at work meanwhile. */
  away<Value>(what: Promise<Value>): Promise<Value>;
}

/** A flow that has not begun. */
export function createPresence(activity: Activity): Presence {
  let end: (() => void) | undefined;
  const enter = (): void => {
    if (end !== undefined) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    end = resolve;
    void activity.track(() => promise);
  };
  const leave = (): void => {
    const resolve = end;
    end = undefined;
    // Whoever goes on because of this does so before the count falls to nothing.
    if (resolve !== undefined) void setImmediate().then(resolve);
  };
  return {
    enter,
    leave,
    async away(what) {
      leave();
      try {
        return await what;
      } finally {
        enter();
      }
    },
  };
}
