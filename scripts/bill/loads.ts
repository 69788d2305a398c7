import type { ReferenceLoad } from './reference-load.ts';

/** A load with what a million of its events may cost, in USD, from the issue that asked for the bill. */
export interface BilledLoad extends ReferenceLoad {
  readonly goal: number;
}

/** How much is played, and how fast; a tenth as many events are sent one by one. */
export interface LoadSize {
  readonly events: number;
  /** Events a second. */
  readonly rate: number;
  readonly singleRate: number;
}

/** The loads that a bill is made of: what SDKs of servers send, and what a browser sends that does not batch. */
export function billedLoads({ events, rate, singleRate }: LoadSize): readonly BilledLoad[] {
  return [
    { name: 'batched', events, eventsARequest: 50, eventsACustomer: 5, rate, goal: 0.3 },
    {
      name: 'single',
      events: Math.ceil(events / 10),
      eventsARequest: 1,
      eventsACustomer: 1,
      rate: singleRate,
      goal: 4,
    },
  ];
}
