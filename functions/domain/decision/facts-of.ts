import type { BudgetView } from '#domain/budget/budget-view.ts';
import { wallTime } from '#domain/calendar/zoned-time.ts';
import type { ContactLedger } from '#domain/contact-policy/contact-ledger.ts';
import { consentsIn } from '#domain/profile/consents.ts';
import { customerState } from '#domain/profile/customer-state.ts';
import type { PersonaState } from '#domain/profile/persona-state.ts';
import { responsesIn } from '#domain/profile/responses.ts';
import { zoneIn } from '#domain/profile/zone.ts';
import { ruleProfileOf } from '#domain/rule/rule-profile.ts';
import { membersOf } from '#domain/segment/segments-of.ts';
import { fractionOfHash } from './assignment.ts';
import type { DecisionFacts } from './decision-facts.ts';
import type { DecisionPlan } from './decision-plan.ts';
import { type AskModels, askModels as ask, noModels } from './model-propensities.ts';

/** What facts are made from. */
export interface FactSources {
  readonly decisionId: string;
  /** The persona that is asked for. */
  readonly personaId: string;
  /** Whether a person is asked for, not a browser or a device. */
  readonly asksPerson: boolean;
  readonly nowMs: number;
  readonly plan: DecisionPlan;
  readonly customer: {
    readonly customerId: string;
    readonly states: readonly PersonaState[];
    readonly ledger: ContactLedger;
  };
  readonly budgets: ReadonlyMap<string, BudgetView>;
  /** Absent when models could not be read in time. */
  readonly askModels: AskModels | undefined;
  /** SHA-256 of a text in hex. */
  readonly hash: (text: string) => string;
  /** IANA time zone of customers who have not told theirs. */
  readonly usualZone: string;
}

const priorsOnly = ask(noModels);

/** The facts of a decision, from what is stored of the customer. */
export function factsOf(sources: FactSources): DecisionFacts {
  const { decisionId, personaId, asksPerson, nowMs, plan, customer, budgets, askModels, hash, usualZone } = sources;
  const state = customerState(customer.states);
  const profile = ruleProfileOf([state]);
  const segments = membersOf(plan.segments, profile, nowMs);
  const responses = responsesIn(state.responses);
  const zone = zoneIn(state.zone) ?? usualZone;
  const isKnown = customer.states.length > 0;
  return {
    decisionId,
    nowMs,
    customerId: customer.customerId,
    personaId,
    isKnown,
    // What a person is asked for by stays the same when another browser makes the customer older, and the customer's id does not.
    newUnitId: asksPerson ? personaId : customer.customerId,
    plan,
    profile,
    segments,
    consents: consentsIn(state),
    contacts: { ledger: customer.ledger, responses, zone },
    fractionOf: (salt, unitId) => fractionOfHash(hash(`${salt}:${unitId}`)),
    propensities: (placementId, context) =>
      (askModels ?? priorsOnly)({
        profile: isKnown ? profile : undefined,
        segments,
        responses,
        placementId,
        context,
        nowMs,
        wallMs: wallTime(zone, nowMs),
      }),
    modelsRead: askModels !== undefined,
    budgets,
  };
}
