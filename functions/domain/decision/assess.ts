import { budgetBlock } from '#domain/budget/budget-view.ts';
import type { ConsentBlock, ConsentQuestion } from '#domain/consent/consent-block.ts';
import type { ContactBlock, ContactCandidate } from '#domain/contact-policy/contact-facts.ts';
import { dayAndTime } from '#domain/contact-policy/contact-words.ts';
import { rounded } from '#domain/mathematics/rounded.ts';
import { probability } from '#domain/propensity/propensity-model.ts';
import type { RuleFacts } from '#domain/rule/rule-facts.ts';
import type { SharedConditions } from '#domain/rule/shared-conditions.ts';
import { largestValueMinor } from '#domain/vocabulary/largest-amounts.ts';
import { largestLever } from '#domain/vocabulary/lever.ts';
import type { Assignment } from './assignment.ts';
import type { Candidate, Exclusion, Weighing } from './candidate.ts';
import type { DecisionFacts, PlacementPropensities } from './decision-facts.ts';
import type { PlannedTreatment } from './planned-treatment.ts';

/** What all treatments of a placement are assessed with. */
export interface AssessmentInput {
  readonly facts: DecisionFacts;
  readonly assignment: Assignment;
  /** What rules are asked about, but for the offer. */
  readonly ruleFacts: Omit<RuleFacts, 'offer'>;
  readonly isTrue: ReturnType<SharedConditions['asked']>;
  readonly propensities: PlacementPropensities;
  readonly consentBlock: (question: ConsentQuestion) => ConsentBlock | undefined;
  readonly contactBlock: (candidate: ContactCandidate) => ContactBlock | undefined;
}

/**
 * Asks of one treatment at one placement all that comes before arbitration: state and dates, engagement policy, consent,
 * contact policy, budgets; and weighs what passes. The first no ends it.
 */
export function assess(planned: PlannedTreatment, input: AssessmentInput): Candidate {
  const { candidate, treatment } = planned;
  const { facts } = input;
  const excluded =
    dateExclusion(planned, facts) ??
    engagementExclusion(planned, input) ??
    input.consentBlock(planned.consent) ??
    input.contactBlock(planned.contact) ??
    budgetBlock(facts.budgets, treatment.uses);
  if (excluded !== undefined) return { ...candidate, excluded };
  const weighing = weigh(planned, input);
  return weighing === undefined ? { ...candidate, excluded: { reason: 'value_unknown' } } : { ...candidate, weighing };
}

function dateExclusion(
  { isPaused, startsMs, endsMs }: PlannedTreatment,
  { nowMs, contacts }: DecisionFacts,
): Exclusion | undefined {
  if (isPaused) return { reason: 'paused' };
  if (startsMs !== undefined && nowMs < startsMs) {
    return { reason: 'not_started', detail: `It starts on ${dayAndTime(startsMs, contacts.zone)}.`, untilMs: startsMs };
  }
  return endsMs !== undefined && nowMs >= endsMs ? { reason: 'ended' } : undefined;
}

function engagementExclusion(
  { rules, offerFacts }: PlannedTreatment,
  { assignment, isTrue }: AssessmentInput,
): Exclusion | undefined {
  for (const { question, rule, exclusion } of rules) {
    if (assignment.eligibleOnly && question !== 'eligible') return undefined;
    if (rule === undefined || !isTrue(rule, offerFacts)) return exclusion;
  }
  return undefined;
}

function weigh(
  { treatment, offer, offerFacts, value, contextWeight }: PlannedTreatment,
  { assignment: { variant }, facts, propensities, ruleFacts }: AssessmentInput,
): Weighing | undefined {
  const valueMinor = typeof value === 'object' ? value.of({ ...ruleFacts, offer: offerFacts }) : value;
  if (valueMinor === undefined) return undefined;
  const { posterior: exact, features } = propensities.of(treatment);
  // What goes on record is what counts: seven digits are more than any model knows.
  const posterior = { mean: sevenDigits(exact.mean), variance: sevenDigits(exact.variance) };
  return {
    posterior,
    propensity: probability(posterior),
    // A weight that lacks what it needs changes nothing; no weight turns a gain into a loss. What rules make of a touchpoint's
    // words has the bounds that the catalogue has, so that scores stay finite.
    context: Math.min(largestLever, Math.max(0, contextWeight?.of({ ...ruleFacts, offer: offerFacts }) ?? 1)),
    valueMinor: Math.min(largestValueMinor, Math.max(-largestValueMinor, valueMinor)),
    currency: offer.value.currency,
    lever: offer.lever * (variant.leverOverrides[treatment.treatmentId] ?? treatment.lever),
    costMinor: treatment.costMinor,
    uses: treatment.uses.map(({ budgetId, amount }) => ({
      budgetId,
      amount,
      price: facts.budgets.get(budgetId)?.price ?? 0,
    })),
    ...(features === propensities.features ? {} : { features }),
  };
}

const sevenDigits = (value: number) => rounded(value, 7);
