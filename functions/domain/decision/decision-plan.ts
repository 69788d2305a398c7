import { type Catalogue, strategyAt } from '#domain/catalogue/catalogue.ts';
import { type EngagementQuestion, engagementQuestions } from '#domain/catalogue/rule-text.ts';
import type { JsonObject } from '#domain/interaction/interaction.ts';
import type { Offer } from '#domain/offer/offer.ts';
import type { Placement } from '#domain/placement/placement.ts';
import { type ModelKey, modelName, modelsOf } from '#domain/propensity/model-key.ts';
import { compileRule, compileValue, type Rule, type RuleValue } from '#domain/rule/rule.ts';
import { type CompiledSegments, compileSegments } from '#domain/segment/compiled-segments.ts';
import type { ArmPlaces } from '#domain/strategy/arm-places.ts';
import type { Strategy } from '#domain/strategy/strategy.ts';
import type { Treatment } from '#domain/treatment/treatment.ts';
import type { Exclusion, ExclusionReason } from './candidate.ts';

/** One question that a treatment must answer with yes. */
export interface PlannedRule {
  readonly question: EngagementQuestion;
  /** What is told when the answer is no. */
  readonly exclusion: Exclusion;
  /** Absent when the rule's text is no rule: then the answer is no. */
  readonly rule: Rule | undefined;
}

/** A treatment with all that the catalogue says about it, ready to be asked. */
export interface PlannedTreatment {
  readonly treatment: Treatment;
  readonly offer: Offer;
  /** The offer as rules see it. */
  readonly offerFacts: JsonObject;
  /** Epoch milliseconds. */
  readonly startsMs: number | undefined;
  readonly endsMs: number | undefined;
  readonly isPaused: boolean;
  /** Rules of its group, its offer and itself, question by question. */
  readonly rules: readonly PlannedRule[];
  /** Minor units, or how to work them out; `undefined` for a text that is no expression. */
  readonly value: number | RuleValue | undefined;
  /** Absent is 1. */
  readonly contextWeight: RuleValue | undefined;
}

/** A placement with its strategy and the treatments that it can show. */
export interface PlannedPlacement {
  readonly placement: Placement;
  readonly strategy: Strategy | undefined;
  /** Which places the arms of the strategy have. */
  readonly places: readonly ArmPlaces[];
  readonly treatments: readonly PlannedTreatment[];
  /** Budgets that its treatments use. */
  readonly budgetIds: readonly string[];
  /** Models that its treatments' propensities come from. */
  readonly modelKeys: readonly ModelKey[];
}

/** The catalogue with its rules compiled, by placement. Drafts take no part, nor does what refers to nothing. */
export interface DecisionPlan {
  readonly catalogue: Catalogue;
  readonly placements: ReadonlyMap<string, PlannedPlacement>;
  readonly segments: CompiledSegments;
}

/** Compiles a catalogue for decisions; it takes some milliseconds, so keep the result as long as the catalogue stays. */
export function decisionPlan(catalogue: Catalogue): DecisionPlan {
  const planned = new Map<string, PlannedTreatment>();
  for (const treatment of catalogue.treatments.values()) {
    const offer = catalogue.offers.get(treatment.offerId);
    if (offer === undefined || treatment.state === 'draft' || offer.state === 'draft') continue;
    planned.set(treatment.treatmentId, plannedTreatment(treatment, offer, catalogue));
  }
  const placements = [...catalogue.placements.values()].map((placement): [string, PlannedPlacement] => {
    const own = catalogue.treatmentsOf.get(placement.placementId) ?? [];
    const treatments = own.flatMap(({ treatmentId }) => planned.get(treatmentId) ?? []);
    const budgetIds = new Set(treatments.flatMap(({ treatment }) => treatment.uses.map(({ budgetId }) => budgetId)));
    const strategy = strategyAt(catalogue, placement.placementId);
    const modelKeys = modelKeysOf(treatments);
    const places = (strategy && catalogue.placesOf.get(strategy.strategyId)) ?? [];
    return [placement.placementId, { placement, strategy, places, treatments, budgetIds: [...budgetIds], modelKeys }];
  });
  return { catalogue, placements: new Map(placements), segments: compileSegments([...catalogue.segments.values()]) };
}

function plannedTreatment(treatment: Treatment, offer: Offer, catalogue: Catalogue): PlannedTreatment {
  const { value } = offer;
  const weight = treatment.contextWeight === undefined ? undefined : compileValue(treatment.contextWeight);
  return {
    treatment,
    offer,
    offerFacts: { ...offer },
    startsMs: offer.startsAt === undefined ? undefined : Date.parse(offer.startsAt),
    endsMs: offer.endsAt === undefined ? undefined : Date.parse(offer.endsAt),
    isPaused: treatment.state === 'paused' || offer.state === 'paused',
    rules: engagementQuestions.flatMap((question) =>
      [
        { of: 'group' as const, policy: catalogue.groups.get(offer.group) },
        { of: 'offer' as const, policy: offer },
        { of: 'treatment' as const, policy: treatment },
      ].flatMap(({ of, policy }) => {
        const source = policy?.[question];
        if (source === undefined) return [];
        const compiled = compileRule(source);
        const exclusion = { reason: reasonOf[question], of, rule: source };
        return [{ question, exclusion, rule: compiled.kind === 'rule' ? compiled.rule : undefined }];
      }),
    ),
    value: 'amountMinor' in value ? value.amountMinor : expressionOf(value.rule),
    contextWeight: weight?.kind === 'value' ? weight.value : undefined,
  };
}

function modelKeysOf(treatments: readonly PlannedTreatment[]): ModelKey[] {
  const keys = treatments.flatMap(({ treatment }) => modelsOf(treatment));
  return [...new Map(keys.map((key) => [modelName(key), key])).values()];
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
