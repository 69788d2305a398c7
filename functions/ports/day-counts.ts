/** Counts what credentials send on a day, for all functions together. */
export interface DayCounts {
  /** Adds events of a credential on a UTC day, none to ask only; gives their sum. */
  add(credentialId: string, day: string, events: number): Promise<number>;
}
