import { arbitrate } from './arbitrate.ts';
import { type Candidate, isShown } from './candidate.ts';
import type { Decision, PlacementDecision } from './decision.ts';
import { isFoundInTurn } from './is-found-in-turn.ts';
import { withProbabilities } from './with-probabilities.ts';

/**
 * Makes a decision again from its record: draws, scores, ties and ranks are worked out anew from what had been found before
 * arbitration, and from what held treatments back when their turn came; for an explanation probabilities too.
 */
export function replay(record: Decision): Decision {
  const shown = new Set<string>();
  const placements = record.placements.map((placement): PlacementDecision => {
    const found = new Map(placement.candidates.map(({ treatmentId, withheld }) => [treatmentId, withheld]));
    const candidates = arbitrate(
      { ...placement, candidates: placement.candidates.map(beforeArbitration) },
      {
        decisionId: record.decisionId,
        shown: new Set(shown),
        show: ({ treatmentId }) => {
          const withheld = found.get(treatmentId);
          return withheld !== undefined && isFoundInTurn(withheld) ? withheld : undefined;
        },
      },
    );
    for (const { offerId } of candidates.filter(isShown)) shown.add(offerId);
    return { ...placement, candidates: [...candidates] };
  });
  const made = { ...record, placements };
  return record.explain ? withProbabilities(made) : made;
}

function beforeArbitration({ outcome: _, withheld: __, ...candidate }: Candidate): Candidate {
  return candidate;
}
