import type { Interaction } from '#domain/interaction/interaction.ts';
import { byCodeUnit } from './bounded-map.ts';
import { digestOf } from './digest.ts';

/** The records that interactions need: days (YYYY-MM-DD, UTC) and order ids in the form that records keep. */
export interface Touched {
  readonly days: string[];
  readonly orderIds: string[];
}

/** Which records must be read before interactions of one persona can be applied, sorted. */
export function touches(interactions: readonly Interaction[]): Touched {
  const days = new Set<string>();
  const orderIds = new Set<string>();
  for (const interaction of interactions) {
    const { day, orderId } = digestOf(interaction);
    days.add(day);
    if (orderId !== undefined) orderIds.add(orderId);
  }
  return { days: [...days].sort(byCodeUnit), orderIds: [...orderIds].sort(byCodeUnit) };
}

/**
 * Cuts interactions into runs that touch at most so many records each (an interaction touches up to two), so that each run
 * fits one transaction: DynamoDB allows 100 items, the state among them.
 */
export function runsOf(interactions: readonly Interaction[], mostRecords: number): Interaction[][] {
  const runs: Interaction[][] = [];
  let run: Interaction[] = [];
  let touched = new Set<string>();
  for (const interaction of interactions) {
    const { day, orderId } = digestOf(interaction);
    const own = [`day ${day}`, ...(orderId === undefined ? [] : [`order ${orderId}`])];
    const next = touched.union(new Set(own));
    if (next.size > mostRecords && run.length > 0) {
      runs.push(run);
      run = [];
      touched = new Set(own);
    } else {
      touched = next;
    }
    run.push(interaction);
  }
  return run.length > 0 ? [...runs, run] : runs;
}
