import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createActivity } from './activity.ts';
import { comeAgain } from './come-again.ts';

/** What a cloud that stops waits for at the most: as long as an HTTP API waits for its function. */
const patienceMs = 30_000;

/** What callers from outside come through: shut until the cloud is made, and again from the moment on at which it stops. */
export interface Door {
  readonly isOpen: boolean;
  open(): void;
  /** Lets nobody in any more; resolves when those inside have their answers. */
  close(): Promise<void>;
  /** Answers a request, or asks its client to come again. */
  pass(response: ServerResponse, answer: () => Promise<void>): Promise<void>;
}

/** A door that is shut. */
export function createDoor(): Door {
  const inside = createActivity();
  let isOpen = false;
  return {
    get isOpen() {
      return isOpen;
    },
    open() {
      isOpen = true;
    },
    async close() {
      isOpen = false;
      const patience = new AbortController();
      const tooLong = sleep(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined);
      await Promise.race([inside.idle(), tooLong]);
      patience.abort();
    },
    async pass(response, answer) {
      if (isOpen) await inside.track(answer);
      else comeAgain(response);
    },
  };
}
