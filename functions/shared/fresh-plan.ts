import type { Catalogue } from '#domain/catalogue/catalogue.ts';
import { type DecisionPlan, decisionPlan } from '#domain/decision/decision-plan.ts';

/** Gives the plan of the catalogue, compiled once for each state of it. */
export function freshPlan(catalogue: () => Promise<Catalogue>): () => Promise<DecisionPlan> {
  let plan: DecisionPlan | undefined;
  return async () => {
    const current = await catalogue();
    if (plan?.catalogue !== current) plan = decisionPlan(current);
    return plan;
  };
}
