import { byCodeUnit } from '#domain/text/bounded-map.ts';
import type { ContactLedger } from './contact-ledger.ts';

/** That a persona was decided for under a strategy for the first time: from then on it deals the customer's arm. */
export interface Exposure {
  readonly strategyId: string;
  /** The persona that was asked for: what merges and unmerges regroup exposures by. */
  readonly personaId: string;
  /** Whose hash dealt the arm: the persona's or customer's of then, or what an earlier exposure had on record. */
  readonly unitId: string;
  /** Time of the decision, epoch milliseconds. */
  readonly atMs: number;
  /** Whether a person was asked for, or somebody of several identifiers; else it was a browser or a device. */
  readonly isPerson: boolean;
}

/**
 * Whose hash deals a customer to an arm of a strategy; undefined while nobody was exposed. Of customers that became one a person's
 * exposure comes before a browser's, then the earlier one: who is known keeps the arm when an older browser is linked.
 */
export function unitOf({ exposures }: Pick<ContactLedger, 'exposures'>, strategyId: string): string | undefined {
  return exposures.find((exposure) => exposure.strategyId === strategyId)?.unitId;
}

/** The ledger with more exposures. Of each persona and strategy the first counts, in whatever order they are added. */
export function withExposures(ledger: ContactLedger, added: Iterable<Exposure>): ContactLedger {
  const first = new Map<string, Exposure>();
  for (const exposure of [...ledger.exposures, ...added].sort(byPrecedence)) {
    const key = `${exposure.strategyId} ${exposure.personaId}`;
    if (!first.has(key)) first.set(key, exposure);
  }
  return { ...ledger, exposures: [...first.values()] };
}

function byPrecedence(a: Exposure, b: Exposure): number {
  return (
    byCodeUnit(a.strategyId, b.strategyId) ||
    Number(b.isPerson) - Number(a.isPerson) ||
    a.atMs - b.atMs ||
    byCodeUnit(a.unitId, b.unitId) ||
    byCodeUnit(a.personaId, b.personaId)
  );
}
