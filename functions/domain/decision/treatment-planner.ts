import type { Catalogue } from '#domain/catalogue/catalogue.ts';
import type { ConsentQuestion } from '#domain/consent/consent-block.ts';
import type { Offer } from '#domain/offer/offer.ts';
import type { Placement } from '#domain/placement/placement.ts';
import { compileRule, compileValue, type RuleValue } from '#domain/rule/rule.ts';
import type { SharedConditions } from '#domain/rule/shared-conditions.ts';
import type { Treatment } from '#domain/treatment/treatment.ts';
import { type EngagementQuestion, engagementQuestions } from '#domain/vocabulary/rule-text.ts';
import type { ExclusionReason } from './candidate.ts';
import type { PlannedRule, PlannedTreatment } from './planned-treatment.ts';

/** What of a planned treatment is the same at every placement. */
type Anywhere = Omit<PlannedTreatment, 'candidate' | 'contact' | 'consent'>;

/**
 * Plans treatments for placements: undefined for drafts and for what refers to no offer. What a treatment is at placements alike in
 * channel and direction is one object, and so is what is asked of consents.
 */
export function treatmentPlanner(catalogue: Catalogue, conditions: SharedConditions) {
  const anywhere = new Map<string, Anywhere>();
  for (const treatment of catalogue.treatments.values()) {
    const offer = catalogue.offers.get(treatment.offerId);
    if (offer === undefined || treatment.state === 'draft' || offer.state === 'draft') continue;
    anywhere.set(treatment.treatmentId, plannedAnywhere(treatment, offer, catalogue, conditions));
  }
  const planned = new Map<string, PlannedTreatment>();
  const questions = new Map<string, ConsentQuestion>();

  return ({ treatmentId }: Treatment, { channel, direction }: Placement): PlannedTreatment | undefined => {
    const name = `${treatmentId} ${channel} ${direction}`;
    const known = planned.get(name);
    if (known !== undefined) return known;
    const found = anywhere.get(treatmentId);
    if (found === undefined) return undefined;
    const { offerId, group, name: offerName, kind, purpose, goal, goalDays } = found.offer;
    const question = `${purpose} ${channel} ${direction} ${kind}`;
    const consent = questions.get(question) ?? { purpose, channel, direction, kind };
    questions.set(question, consent);
    const made: PlannedTreatment = {
      ...found,
      candidate: { treatmentId, offerId, group, name: offerName, channel, kind, purpose, goal, goalDays },
      contact: { treatmentId, offerId, group, channel, direction, kind },
      consent,
    };
    planned.set(name, made);
    return made;
  };
}

function plannedAnywhere(
  treatment: Treatment,
  offer: Offer,
  catalogue: Catalogue,
  conditions: SharedConditions,
): Anywhere {
  const { value } = offer;
  const weight = treatment.contextWeight === undefined ? undefined : compileValue(treatment.contextWeight);
  return {
    treatment,
    offer,
    offerFacts: { ...offer },
    startsMs: offer.startsAt === undefined ? undefined : Date.parse(offer.startsAt),
    endsMs: offer.endsAt === undefined ? undefined : Date.parse(offer.endsAt),
    isPaused: treatment.state === 'paused' || offer.state === 'paused',
    rules: plannedRules(treatment, offer, catalogue, conditions),
    value: 'amountMinor' in value ? value.amountMinor : expressionOf(value.rule),
    contextWeight: weight?.kind === 'value' ? weight.value : undefined,
  };
}

function plannedRules(
  treatment: Treatment,
  offer: Offer,
  catalogue: Catalogue,
  conditions: SharedConditions,
): PlannedRule[] {
  return engagementQuestions.flatMap((question) =>
    [
      { of: 'group' as const, policy: catalogue.groups.get(offer.group) },
      { of: 'offer' as const, policy: offer },
      { of: 'treatment' as const, policy: treatment },
    ].flatMap(({ of, policy }) => {
      const source = policy?.[question];
      if (source === undefined) return [];
      const compiled = compileRule(source);
      const rule = compiled.kind === 'rule' ? conditions.share(compiled.rule) : undefined;
      return [{ question, exclusion: { reason: reasonOf[question], of, rule: source }, rule }];
    }),
  );
}

function expressionOf(source: string): RuleValue | undefined {
  const compiled = compileValue(source);
  return compiled.kind === 'value' ? compiled.value : undefined;
}

const reasonOf = {
  eligible: 'not_eligible',
  applicable: 'not_applicable',
  suitable: 'not_suitable',
} as const satisfies Record<EngagementQuestion, ExclusionReason>;
