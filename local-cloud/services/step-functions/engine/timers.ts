import type { Clock } from '#local-cloud/cloud/service.ts';

/** Wakes at times of the cloud's clock, also when that is moved. */
export interface Timers {
  /** Resolves at this time, epoch milliseconds; never when the signal comes first. */
  at(dueMs: number, signal?: AbortSignal): Promise<void>;
  /** Wakes all that are due: the clock was moved. */
  check(): void;
  stop(): void;
}

/** The longest that a timer of Node's can be set for. */
const longestMs = 2 ** 31 - 1;

interface Sleeper {
  readonly dueMs: number;
  wake(): void;
}

export function createTimers(clock: Clock): Timers {
  const sleepers = new Set<Sleeper>();
  let timer: NodeJS.Timeout | undefined;

  const check = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const nowMs = clock.now();
    const due = [...sleepers].filter(({ dueMs }) => dueMs <= nowMs).sort((one, other) => one.dueMs - other.dueMs);
    for (const sleeper of due) {
      sleepers.delete(sleeper);
      sleeper.wake();
    }
    set();
  };
  const set = (): void => {
    if (sleepers.size === 0) return;
    const nextMs = Math.min(...[...sleepers].map(({ dueMs }) => dueMs));
    timer ??= setTimeout(check, Math.min(longestMs, Math.max(0, nextMs - clock.now()))).unref();
  };
  return {
    at: (dueMs, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return;
        const forget = (): void => void sleepers.delete(sleeper);
        const sleeper: Sleeper = {
          dueMs,
          wake() {
            signal?.removeEventListener('abort', forget);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', forget, { once: true });
        clearTimeout(timer);
        timer = undefined;
        set();
      }),
    check,
    stop() {
      clearTimeout(timer);
      sleepers.clear();
    },
  };
}
