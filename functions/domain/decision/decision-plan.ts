import { type Catalogue, strategyAt } from '#domain/catalogue/catalogue.ts';
import type { Placement } from '#domain/placement/placement.ts';
import { type ModelKey, modelName, modelsOf } from '#domain/propensity/model-key.ts';
import { type SharedConditions, sharedConditions } from '#domain/rule/shared-conditions.ts';
import { type CompiledSegments, compileSegments } from '#domain/segment/compiled-segments.ts';
import type { ArmPlaces } from '#domain/strategy/arm-places.ts';
import type { Strategy } from '#domain/strategy/strategy.ts';
import type { PlannedTreatment } from './planned-treatment.ts';
import { treatmentPlanner } from './treatment-planner.ts';

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
  /** Conditions of all engagement policies. */
  readonly conditions: SharedConditions;
}

/** Compiles a catalogue for decisions; it takes some milliseconds, so keep the result as long as the catalogue stays. */
export function decisionPlan(catalogue: Catalogue): DecisionPlan {
  const conditions = sharedConditions();
  const plannedAt = treatmentPlanner(catalogue, conditions);
  const placements = [...catalogue.placements.values()].map((placement): [string, PlannedPlacement] => {
    const own = catalogue.treatmentsOf.get(placement.placementId) ?? [];
    const treatments = own.flatMap((treatment) => plannedAt(treatment, placement) ?? []);
    const budgetIds = new Set(treatments.flatMap(({ treatment }) => treatment.uses.map(({ budgetId }) => budgetId)));
    const strategy = strategyAt(catalogue, placement.placementId);
    const modelKeys = modelKeysOf(treatments);
    const places = (strategy && catalogue.placesOf.get(strategy.strategyId)) ?? [];
    return [placement.placementId, { placement, strategy, places, treatments, budgetIds: [...budgetIds], modelKeys }];
  });
  const segments = compileSegments([...catalogue.segments.values()]);
  return { catalogue, placements: new Map(placements), segments, conditions };
}

/** The models that treatments' propensities come from, each once. */
export function modelKeysOf(treatments: readonly PlannedTreatment[]): ModelKey[] {
  const keys = treatments.flatMap(({ treatment }) => modelsOf(treatment));
  return [...new Map(keys.map((key) => [modelName(key), key])).values()];
}
