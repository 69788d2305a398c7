import type { Activity } from './service.ts';

/** Work in flight, with a way to wait until there is none. */
export interface WatchedActivity extends Activity {
  /** Resolves when nothing is in flight. */
  idle(): Promise<void>;
}

/** Starts at nothing in flight. */
export function createActivity(): WatchedActivity {
  let inFlight = 0;
  let waiting: (() => void)[] = [];
  return {
    get inFlight() {
      return inFlight;
    },
    async track(work) {
      inFlight++;
      try {
        return await work();
      } finally {
        inFlight--;
        if (inFlight === 0) {
          for (const wake of waiting) wake();
          waiting = [];
        }
      }
    },
    async idle() {
      while (inFlight > 0) await new Promise<void>((wake) => waiting.push(wake));
    },
  };
}
