import { byCodeUnit } from '#domain/text/bounded-map.ts';
import type { Candidate, Exclusion, Weighing } from './candidate.ts';
import { type Contender, contenderOf, drawnPropensity } from './contender.ts';
import type { PlacementDecision } from './decision.ts';
import { seedOf, tieOf } from './tie-of.ts';

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
  /** Its place among all candidates. */
  readonly place: number;
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
  const entrants: Entrant[] = [];
  const decided = placement.candidates.map((candidate, place) => {
    const { weighing, excluded } = candidate;
    if (weighing !== undefined && excluded === undefined) {
      entrants.push(entrantOf(candidate, place, weighing, placement, input.decisionId));
    }
    return candidate;
  });
  const taken = new Set(input.shown);
  let rank = 0;
  for (const entrant of entrants.sort(byPrecedence)) {
    const { candidate, place, drawn, score } = entrant;
    const withheld = withholding(entrant, placement, taken, rank, input);
    if (withheld === undefined) {
      rank += 1;
      taken.add(candidate.offerId);
      decided[place] = { ...candidate, outcome: { drawn, score, rank } };
    } else decided[place] = { ...candidate, outcome: { drawn, score }, withheld };
  }
  return decided;
}

function entrantOf(
  candidate: Candidate,
  place: number,
  weighing: Weighing,
  { arbitration, order }: PlacementDecision,
  decisionId: string,
): Entrant {
  const seed = seedOf(decisionId, candidate.treatmentId);
  const tie = tieOf(seed);
  const contender = contenderOf(candidate, weighing, arbitration, order, tie);
  const drawn = drawnPropensity(contender, weighing.posterior, seed);
  const score = drawn * contender.weight - contender.offset;
  return { candidate, place, contender, drawn, score, precedence: order === 'lot' ? tie : score };
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
