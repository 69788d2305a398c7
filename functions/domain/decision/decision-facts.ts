import type { BudgetView } from '#domain/budget/budget-view.ts';
import type { Consent } from '#domain/consent/consent-registers.ts';
import type { ContactFacts } from '#domain/contact-policy/contact-facts.ts';
import type { RuleProfile } from '#domain/rule/rule-profile.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import type { Treatment } from '#domain/treatment/treatment.ts';
import type { Weighing } from './candidate.ts';
import type { DecisionPlan } from './decision-plan.ts';

/** What the models say of a customer at one placement. */
export interface PlacementPropensities {
  /** What they see of the customer and the moment whatever the treatment, as text. */
  readonly features: string;
  /** The latent score of a treatment's acceptance, and what the model saw for it. */
  of(treatment: Treatment): { readonly posterior: Weighing['posterior']; readonly features: string };
}

/** Everything that a decision is made from besides the request. */
export interface DecisionFacts {
  readonly decisionId: string;
  /** Epoch milliseconds. */
  readonly nowMs: number;
  readonly customerId: string;
  /** The persona that was asked for. */
  readonly personaId: string;
  readonly isKnown: boolean;
  /** Whose hash deals the customer to an arm of a strategy that it was not exposed to yet. */
  readonly newUnitId: string;
  readonly plan: DecisionPlan;
  readonly profile: RuleProfile;
  readonly segments: ReadonlySet<string>;
  readonly consents: ReadonlyMap<string, Consent>;
  /** What contact policies are checked against, but for the policies and the time. */
  readonly contacts: Pick<ContactFacts, 'ledger' | 'responses' | 'zone'>;
  /** The place in [0, 1) of who is dealt to an arm under a salt: see `fractionOfHash`. */
  readonly fractionOf: (salt: string, unitId: string) => number;
  /** From priors when the models could not be read. */
  readonly propensities: (placementId: string, context: JsonObject) => PlacementPropensities;
  /** Whether the models could be read in time. */
  readonly modelsRead: boolean;
  /** By budget id; one that could not be read in time is not there. */
  readonly budgets: ReadonlyMap<string, BudgetView>;
}
