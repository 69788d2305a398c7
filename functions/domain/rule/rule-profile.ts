import { type AllOf, allOf } from '#domain/profile/all-of.ts';
import { customerState } from '#domain/profile/customer-state.ts';
import type { PersonaState } from '#domain/profile/persona-state.ts';
import { type AnyProfileSignal, profileSignals } from '#domain/profile/profile-signals.ts';

/** What rules can ask of a customer, of all signals: nothing in it depends on the time of asking. Counts are non-negative integers. */
export type RuleProfile = AllOf<InRules>;

type InRules = ReturnType<AnyProfileSignal['inRules']>;

/** The profile of a customer from the states of its personas, in any order. */
export function ruleProfileOf(states: readonly PersonaState[]): RuleProfile {
  const state = customerState(states);
  return allOf(profileSignals.map((signal): InRules => signal.inRules(state)));
}
