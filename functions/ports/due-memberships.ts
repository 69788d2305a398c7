/** Customers whose segments change by the passing of time, by the day, UTC, on whose midnight they do. */
export interface DueMemberships {
  /** Hands over all customers that are due at a midnight, in runs; those of a run are forgotten once `wake` is done with it. */
  wakeAll(dueMs: number, wake: (customerIds: readonly string[]) => Promise<void>): Promise<void>;
}
