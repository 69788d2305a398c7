import * as z from 'zod';
import type { Tally } from './tally.ts';

const Count = z.int().min(0);

/** What became of a run's audience: `audience = contacted + heldOut + excluded + failed + expired + pending`, at any time. */
export const RunAccounts = z.object({
  audience: Count,
  contacted: Count.describe('Messages that left'),
  heldOut: Count.describe('Left alone, as a measure of what the campaign is worth'),
  excluded: Count.describe('Not contacted, for the reasons below'),
  excludedBy: z.record(z.string(), Count).describe('By reason'),
  failed: Count.describe('Lost to faults; a redrive tries them again'),
  expired: Count.describe('Whose message became too old before it could leave'),
  pending: Count.describe('Not decided or not sent yet'),
});
export type RunAccounts = z.infer<typeof RunAccounts>;

/**
 * The accounts of a run from the counts of its chunks. Who is in no chunk's counts was not decided for: that is pending while the run
 * chooses, and failed once it has chosen.
 */
export function runAccounts(audience: number, tallies: Iterable<Tally>, hasChosen: boolean): RunAccounts {
  const sums = new Map<string, number>();
  for (const tally of tallies) {
    for (const [name, count] of Object.entries(tally)) sums.set(name, (sums.get(name) ?? 0) + count);
  }
  const of = (state: string) =>
    [...sums].reduce((sum, [name, count]) => (name.split('#')[0] === state ? sum + count : sum), 0);
  const excludedBy = [...sums].flatMap(([name, count]): [string, number][] => {
    const [state, reason] = name.split('#');
    return state === 'excluded' && reason !== undefined && count > 0 ? [[reason, count]] : [];
  });
  const undecided = audience - [...sums.values()].reduce((sum, count) => sum + count, 0);
  return {
    audience,
    contacted: of('contacted'),
    heldOut: of('heldOut'),
    excluded: of('excluded'),
    excludedBy: Object.fromEntries(excludedBy.sort()),
    failed: of('failed') + (hasChosen ? undecided : 0),
    expired: of('expired'),
    pending: of('pending') + (hasChosen ? 0 : undecided),
  };
}
