import type { Decision } from './decision.ts';
import { readRecord } from './read-record.ts';
import { replay } from './replay.ts';

/**
 * A decision with all that arbitration found, from its record: worked out again where the record leaves it out. It is for explanation,
 * replay and the way to the lake; what was shown is told by `shownOf` in a tenth of the time. Throws a ZodError or SyntaxError
 * for what is no record.
 */
export function wholeDecision(record: string): Decision {
  const { decision, isFull } = readRecord(record);
  return isFull ? decision : completed(decision);
}

/** Fills in what arbitration works out; what stands in the record wins. */
function completed(stored: Decision): Decision {
  const made = replay(stored).placements;
  return {
    ...stored,
    placements: stored.placements.map((placement, index) => {
      const again = made[index]?.candidates;
      return {
        ...placement,
        candidates: placement.candidates.map((candidate, place) => {
          const { outcome, withheld } = again?.[place] ?? {};
          if (candidate.outcome !== undefined || outcome === undefined) return candidate;
          const { rank: _, ...unranked } = outcome;
          const held = candidate.withheld ?? withheld;
          return { ...candidate, outcome: unranked, ...(held === undefined ? {} : { withheld: held }) };
        }),
      };
    }),
  };
}
