import { type Candidate, isShown } from './candidate.ts';
import { choiceProbabilities } from './choice-probabilities.ts';
import { type Contender, contenderOf } from './contender.ts';
import type { Decision, PlacementDecision } from './decision.ts';
import { seedOf, tieOf } from './tie-of.ts';

/** A candidate that others compete with for the places, as arbitration saw it. */
interface Rival {
  readonly candidate: Candidate;
  readonly contender: Contender;
}

/**
 * A decision with the probability of being shown of each candidate that reached arbitration; one that stands there stays. Whoever
 * decides has no use for them and takes as long for them as for all the rest: they are worked out once, on the way to the lake,
 * and for whoever asks for an explanation.
 */
export function withProbabilities(decision: Decision): Decision {
  const shown = new Set<string>();
  const placements = decision.placements.map((placement) => {
    const whole = completed(placement, decision.decisionId, shown);
    for (const { offerId } of placement.candidates.filter(isShown)) shown.add(offerId);
    return whole;
  });
  return { ...decision, placements };
}

function completed(
  placement: PlacementDecision,
  decisionId: string,
  shownBefore: ReadonlySet<string>,
): PlacementDecision {
  if (placement.candidates.every(isComplete)) return placement;
  const probabilities = probabilitiesOf(placement, decisionId, shownBefore);
  const candidates = placement.candidates.map((candidate) => {
    const { outcome, treatmentId } = candidate;
    if (outcome === undefined || isComplete(candidate)) return candidate;
    return { ...candidate, outcome: { ...outcome, probability: probabilities.get(treatmentId) ?? 0 } };
  });
  return { ...placement, candidates };
}

/** Whether nothing is to be worked out: it did not reach arbitration, or its probability stands there. */
function isComplete({ outcome }: Candidate): boolean {
  return outcome === undefined || outcome.probability !== undefined;
}

/**
 * How likely each was to be shown. Where nothing varies it is what happened; by lot each offer is as likely as another and
 * each treatment of it; else see `choiceProbabilities`. What was found to be kept back when its turn came stays out.
 */
function probabilitiesOf(
  placement: PlacementDecision,
  decisionId: string,
  shownBefore: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const { order, limit, placementId } = placement;
  const rivals = rivalsOf(placement, decisionId, shownBefore);
  const idsOf = (values: readonly number[]) =>
    new Map(rivals.map(({ candidate }, index) => [candidate.treatmentId, values[index] ?? 0]));
  if (order === 'lot') return idsOf(lotProbabilities(rivals, limit));
  if (rivals.every(({ contender }) => contender.deviation === 0)) {
    return idsOf(rivals.map(({ candidate }) => Number(isShown(candidate))));
  }
  const contenders = rivals.map(({ contender }) => contender);
  return idsOf(choiceProbabilities(contenders, limit, `${decisionId} ${placementId}`));
}

function rivalsOf(
  { candidates, arbitration, order }: PlacementDecision,
  decisionId: string,
  shownBefore: ReadonlySet<string>,
): Rival[] {
  return candidates.flatMap((candidate) => {
    const { treatmentId, offerId, weighing, outcome, withheld } = candidate;
    if (weighing === undefined || outcome === undefined || shownBefore.has(offerId)) return [];
    if (withheld !== undefined && !lostReasons.has(withheld.reason)) return [];
    const contender = contenderOf(candidate, weighing, arbitration, order, tieOf(seedOf(decisionId, treatmentId)));
    return [{ candidate, contender }];
  });
}

/** Why a treatment lost that might have won with other draws. */
const lostReasons: ReadonlySet<string> = new Set(['below_zero', 'outranked', 'offer_shown']);

function lotProbabilities(rivals: readonly Rival[], limit: number): number[] {
  const ofOffer = Map.groupBy(rivals, ({ candidate }) => candidate.offerId);
  const mandatory = new Set(
    rivals.flatMap(({ contender, candidate }) => (contender.isMandatory ? candidate.offerId : [])),
  );
  const others = ofOffer.size - mandatory.size;
  return rivals.map(({ candidate: { offerId } }) => {
    const [places, offers] = mandatory.has(offerId) ? [limit, mandatory.size] : [limit - mandatory.size, others];
    return Math.min(1, Math.max(0, places) / offers) / (ofOffer.get(offerId)?.length ?? 1);
  });
}
