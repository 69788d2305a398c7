import type { KnownCaller } from '#domain/credential/access.ts';
import type { Over } from '#domain/credential/allowance.ts';

/** Holds credentials to what they may send. */
export interface Allowances {
  /** Counts the events of a request; gives why it has to wait, if it has. */
  take(caller: KnownCaller, events: number, nowMs: number): Promise<Over | undefined>;
}
