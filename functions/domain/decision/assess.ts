import { budgetBlock } from '#domain/budget/budget-view.ts';
import { consentBlock } from '#domain/consent/consent-block.ts';
import type { ContactBlock, ContactCandidate } from '#domain/contact-policy/contact-facts.ts';
import { dayAndTime } from '#domain/contact-policy/contact-words.ts';
import { largestLever, largestValueMinor } from '#domain/offer/offer.ts';
import type { Placement } from '#domain/placement/placement.ts';
import { probability } from '#domain/propensity/propensity-model.ts';
import type { RuleFacts } from '#domain/rule/rule-facts.ts';
import type { Assignment } from './assignment.ts';
import type { Candidate, Exclusion, Weighing } from './candidate.ts';
import type { DecisionFacts, PlacementPropensities } from './decision-facts.ts';
import type { PlannedTreatment } from './decision-plan.ts';
import type { DecisionRequest } from './decision-request.ts';

/** What all treatments of a call are assessed with. */
export interface AssessmentInput {
  readonly request: DecisionRequest;
  readonly facts: DecisionFacts;
  readonly propensities: PlacementPropensities;
  readonly contactBlock: (candidate: ContactCandidate) => ContactBlock | undefined;
}

/**
 * Asks of one treatment at one placement all that comes before arbitration: state and dates, engagement policy, consent,
 * contact policy, budgets; and weighs what passes. The first no ends it.
 */
export function assess(
  planned: PlannedTreatment,
  placement: Placement,
  assignment: Assignment,
  input: AssessmentInput,
): Candidate {
  const { treatment, offer } = planned;
  const candidate = {
    treatmentId: treatment.treatmentId,
    offerId: offer.offerId,
    group: offer.group,
    name: offer.name,
    channel: placement.channel,
    kind: offer.kind,
    purpose: offer.purpose,
    goal: offer.goal,
    goalDays: offer.goalDays,
  };
  const { facts, request } = input;
  const { profile, segments, nowMs } = facts;
  const ruleFacts = { profile, segments, nowMs, context: request.context, offer: planned.offerFacts };
  const excluded =
    dateExclusion(planned, facts) ??
    engagementExclusion(planned, assignment, ruleFacts) ??
    consentBlock(facts.consents, { ...offer, channel: placement.channel, direction: placement.direction }) ??
    input.contactBlock({ ...candidate, direction: placement.direction }) ??
    budgetBlock(facts.budgets, treatment.uses);
  if (excluded !== undefined) return { ...candidate, excluded };
  const weighing = weigh(planned, assignment, ruleFacts, input);
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
  { rules }: PlannedTreatment,
  { eligibleOnly }: Assignment,
  ruleFacts: RuleFacts,
): Exclusion | undefined {
  for (const { question, rule, exclusion } of rules) {
    if (eligibleOnly && question !== 'eligible') return undefined;
    if (rule === undefined || !rule.test(ruleFacts)) return exclusion;
  }
  return undefined;
}

function weigh(
  { treatment, offer, value, contextWeight }: PlannedTreatment,
  { variant }: Assignment,
  ruleFacts: RuleFacts,
  { facts, propensities }: AssessmentInput,
): Weighing | undefined {
  const valueMinor = typeof value === 'object' ? value.of(ruleFacts) : value;
  if (valueMinor === undefined) return undefined;
  const { posterior: exact, features } = propensities.of(treatment);
  // What goes on record is what counts: seven digits are more than any model knows.
  const posterior = { mean: sevenDigits(exact.mean), variance: sevenDigits(exact.variance) };
  return {
    posterior,
    propensity: probability(posterior),
    // A weight that lacks what it needs changes nothing; no weight turns a gain into a loss. What rules make of a touchpoint's
    // words has the bounds that the catalogue has, so that scores stay finite.
    context: Math.min(largestLever, Math.max(0, contextWeight?.of(ruleFacts) ?? 1)),
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

const sevenDigits = (value: number) => Number(value.toPrecision(7));
