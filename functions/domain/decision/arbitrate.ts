import { byCodeUnit } from '#domain/profile/bounded-map.ts';
import { hash32 } from '#domain/profile/stable-hash.ts';
import type { Candidate, Exclusion, Weighing } from './candidate.ts';
import { choiceProbabilities } from './choice-probabilities.ts';
import { type Contender, contenderOf, drawnPropensity } from './contender.ts';
import type { PlacementDecision } from './decision.ts';

/** What became of an entrant: a place, or what kept it from one. */
interface Found {
  readonly rank?: number;
  readonly withheld?: Exclusion;
}

/** What arbitration is told besides the candidates. */
export interface ArbitrationInput {
  readonly decisionId: string;
  /** Offers that the call's earlier placements show. */
  readonly shown: ReadonlySet<string>;
  /** Shows a treatment whose turn has come, or tells what keeps it back given what the call shows already. */
  readonly show: (candidate: Candidate) => Exclusion | undefined;
}

/** A candidate that reached arbitration. */
interface Entrant {
  readonly candidate: Candidate;
  readonly contender: Contender;
  readonly drawn: number;
  readonly score: number;
  /** What the eligible are ordered by. */
  readonly precedence: number;
}

/**
 * Ranks the candidates of a placement that nothing excludes and fills its places: mandatory ones first, then by score (or by
 * lot), none below zero, no offer twice. Equal inputs give equal outputs, so that a decision can be made again from its record.
 */
export function arbitrate(placement: PlacementDecision, input: ArbitrationInput): readonly Candidate[] {
  const entrants = placement.candidates.flatMap((candidate) =>
    candidate.weighing === undefined || candidate.excluded !== undefined
      ? []
      : [entrantOf(candidate, candidate.weighing, placement, input.decisionId)],
  );
  const found = new Map<string, Found>();
  const taken = new Set(input.shown);
  let rank = 0;
  for (const entrant of entrants.toSorted(byPrecedence)) {
    const { treatmentId, offerId } = entrant.candidate;
    const withheld = withholding(entrant, placement, taken, rank, input);
    if (withheld === undefined) {
      rank += 1;
      taken.add(offerId);
    }
    found.set(treatmentId, withheld === undefined ? { rank } : { withheld });
  }
  const probabilities = probabilitiesOf(placement, entrants, found, input);
  const decided = new Map(
    entrants.map(({ candidate, drawn, score }): [string, Candidate] => {
      const { rank: place, withheld } = found.get(candidate.treatmentId) ?? {};
      const probability = probabilities.get(candidate.treatmentId) ?? 0;
      const outcome = { drawn, score, ...(place === undefined ? {} : { rank: place }), probability };
      return [candidate.treatmentId, { ...candidate, outcome, ...(withheld === undefined ? {} : { withheld }) }];
    }),
  );
  return placement.candidates.map((candidate) => decided.get(candidate.treatmentId) ?? candidate);
}

function entrantOf(
  candidate: Candidate,
  weighing: Weighing,
  { arbitration, order }: PlacementDecision,
  decisionId: string,
): Entrant {
  // Different in every decision, the same whenever it is made again.
  const tie = hash32(`${decisionId} ${candidate.treatmentId}`) / 2 ** 32;
  const contender = contenderOf(candidate, weighing, arbitration, order, tie);
  const drawn = drawnPropensity(contender, weighing.posterior, { decisionId, treatmentId: candidate.treatmentId });
  const score = drawn * contender.weight - contender.offset;
  return {
    candidate,
    contender,
    drawn,
    score,
    precedence: order === 'lot' ? tie : score,
  };
}

function byPrecedence(a: Entrant, b: Entrant): number {
  return (
    Number(b.contender.isMandatory) - Number(a.contender.isMandatory) ||
    b.precedence - a.precedence ||
    b.contender.tie - a.contender.tie ||
    byCodeUnit(a.candidate.treatmentId, b.candidate.treatmentId)
  );
}

function withholding(
  { candidate, contender, score }: Entrant,
  { heldOut, limit, order }: PlacementDecision,
  taken: ReadonlySet<string>,
  shown: number,
  { show }: ArbitrationInput,
): Exclusion | undefined {
  if (heldOut && candidate.kind === 'standard') return { reason: 'held_out' };
  if (order === 'score' && !contender.isMandatory && score < 0) return { reason: 'below_zero' };
  if (taken.has(candidate.offerId)) return { reason: 'offer_shown' };
  if (shown >= limit) return { reason: 'outranked' };
  return show(candidate);
}

/**
 * How likely each was to be shown. Where nothing varies it is what happened; by lot each offer is as likely as another and
 * each treatment of it; else see `choiceProbabilities`. What `show` kept back in this call stays out.
 */
function probabilitiesOf(
  placement: PlacementDecision,
  entrants: readonly Entrant[],
  found: ReadonlyMap<string, Found>,
  { decisionId, shown }: ArbitrationInput,
): ReadonlyMap<string, number> {
  const { order, limit, placementId } = placement;
  const open = entrants.filter(({ candidate }) => {
    const reason = found.get(candidate.treatmentId)?.withheld?.reason;
    const isRival =
      reason === undefined || reason === 'below_zero' || reason === 'outranked' || reason === 'offer_shown';
    return isRival && !shown.has(candidate.offerId);
  });
  const idsOf = (values: readonly number[]) =>
    new Map(open.map(({ candidate }, index) => [candidate.treatmentId, values[index] ?? 0]));
  if (order === 'lot') return idsOf(lotProbabilities(open, limit));
  if (open.every(({ contender }) => contender.deviation === 0)) {
    return idsOf(open.map(({ candidate }) => (found.get(candidate.treatmentId)?.rank === undefined ? 0 : 1)));
  }
  const contenders = open.map(({ contender }) => contender);
  return idsOf(choiceProbabilities(contenders, limit, `${decisionId} ${placementId}`));
}

function lotProbabilities(entrants: readonly Entrant[], limit: number): number[] {
  const ofOffer = Map.groupBy(entrants, ({ candidate }) => candidate.offerId);
  const mandatory = new Set(
    entrants.flatMap(({ contender, candidate }) => (contender.isMandatory ? candidate.offerId : [])),
  );
  const others = ofOffer.size - mandatory.size;
  return entrants.map(({ candidate: { offerId } }) => {
    const [places, offers] = mandatory.has(offerId) ? [limit, mandatory.size] : [limit - mandatory.size, others];
    return Math.min(1, Math.max(0, places) / offers) / (ofOffer.get(offerId)?.length ?? 1);
  });
}
