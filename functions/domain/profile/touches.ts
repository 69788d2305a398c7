import type { Interaction } from '#domain/interaction/interaction.ts';
import { byCodeUnit } from '#domain/text/bounded-map.ts';
import { digestOf } from './digest.ts';

/** The records that interactions need: days (YYYY-MM-DD, UTC) and keys of orders. */
export interface Touched {
  readonly days: string[];
  readonly orderKeys: string[];
}

/** Which records must be read before interactions of one persona can be applied, sorted. */
export function touches(interactions: readonly Interaction[]): Touched {
  const days = new Set<string>();
  const orderKeys = new Set<string>();
  for (const interaction of interactions) {
    const { day, toldDay, orderKey } = digestOf(interaction);
    days.add(day).add(toldDay);
    if (orderKey !== undefined) orderKeys.add(orderKey);
  }
  return { days: [...days].sort(byCodeUnit), orderKeys: [...orderKeys].sort(byCodeUnit) };
}

/**
 * Cuts interactions into runs that touch at most so many records each (an interaction touches up to three), so that each run
 * fits one transaction: DynamoDB allows 100 items, the state among them.
 */
export function runsOf(interactions: readonly Interaction[], mostRecords: number): Interaction[][] {
  const runs: Interaction[][] = [];
  let run: Interaction[] = [];
  let touched = new Set<string>();
  for (const interaction of interactions) {
    const { day, toldDay, orderKey } = digestOf(interaction);
    const own = [`day ${day}`, `day ${toldDay}`, ...(orderKey === undefined ? [] : [`order ${orderKey}`])];
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
