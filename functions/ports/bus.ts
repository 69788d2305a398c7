import type { BusEntry } from '#contracts/bus/bus-event.ts';

/** Puts events on the bus. Resolves when every entry is on it; throws {@link BusUnavailableError} otherwise. */
export interface Bus {
  publish(entries: readonly BusEntry[]): Promise<void>;
}
