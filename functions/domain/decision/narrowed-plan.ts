import type { Treatment } from '#domain/treatment/treatment.ts';
import { type DecisionPlan, modelKeysOf, type PlannedPlacement } from './decision-plan.ts';

/** The plan with some of its treatments at some of its placements only. */
export function narrowedPlan(
  plan: DecisionPlan,
  placementIds: readonly string[],
  may: (treatment: Treatment) => boolean,
): DecisionPlan {
  const placements = placementIds.flatMap((id): [string, PlannedPlacement][] => {
    const planned = plan.placements.get(id);
    if (planned === undefined) return [];
    const treatments = planned.treatments.filter(({ treatment }) => may(treatment));
    const budgetIds = new Set(treatments.flatMap(({ treatment }) => treatment.uses.map(({ budgetId }) => budgetId)));
    return [[id, { ...planned, treatments, budgetIds: [...budgetIds], modelKeys: modelKeysOf(treatments) }]];
  });
  return { ...plan, placements: new Map(placements) };
}
