import type { Activity } from '#local-cloud/cloud/service.ts';
import { InjectedFault } from '#local-cloud/faults/injected-fault.ts';

/** What a poller takes batches from. */
export interface PollSource {
  /** How many batches are at work at a time. */
  readonly concurrency: number;
  /** How long something waits to become more, in milliseconds. */
  readonly windowMs: number;
  /** Whether nothing waits, something that may become more, or all that one taking takes. */
  waiting(): 'nothing' | 'some' | 'enough';
  /** Takes what waits through the function; whether it is to be asked again, though nobody wakes it. */
  take(isStopped: () => boolean): Promise<boolean>;
  /** Calls `wake` when something may wait; the answer stops that. */
  listen(wake: () => void): () => void;
  close?(): void;
}

/** A running event source mapping. */
export interface Poller {
  start(): void;
  /** Takes what waits for a window or a poll. Resolves to true if there was anything. */
  flush(): Promise<boolean>;
  stop(): void;
}

/** Takes from a source at once when there is enough, and otherwise when its window is over. */
export function createPoller(activity: Activity, name: string, source: PollSource): Poller {
  let atWork = 0;
  let wasWoken = false;
  let window: NodeJS.Timeout | undefined;
  let stopListening: (() => void) | undefined;
  const isStopped = () => stopListening === undefined;

  const take = async (): Promise<boolean> => {
    clearTimeout(window);
    window = undefined;
    atWork++;
    wasWoken = false;
    const again = await activity
      .track(() => source.take(isStopped))
      .catch((error: unknown) => {
        if (!(error instanceof InjectedFault)) console.error(`${name}:`, error);
        return true;
      });
    atWork--;
    if (again || wasWoken) consider();
    return again;
  };
  const consider = (): void => {
    if (isStopped()) return;
    // Who wakes it meanwhile may have done so after its last look.
    if (atWork >= source.concurrency) wasWoken = true;
    else if (source.waiting() === 'enough') void take();
    else if (source.waiting() === 'some') window ??= setTimeout(takeIfFree, source.windowMs).unref();
  };
  const takeIfFree = (): void => {
    window = undefined;
    if (atWork < source.concurrency) void take();
    else wasWoken = true;
  };

  return {
    start() {
      stopListening = source.listen(consider);
      consider();
    },
    async flush() {
      if (isStopped() || atWork >= source.concurrency || source.waiting() === 'nothing') return false;
      return take();
    },
    stop() {
      stopListening?.();
      stopListening = undefined;
      clearTimeout(window);
      source.close?.();
    },
  };
}
