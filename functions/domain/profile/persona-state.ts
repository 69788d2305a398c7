import { type AllOf, allOf } from './all-of.ts';
import { type AnyProfileSignal, profileSignals } from './profile-signals.ts';

/**
 * What is known of one persona, the fields of all signals: a commutative summary of its interactions, bounded whatever they are. Its
 * own words are those of trusted touchpoints. All but the personal traits and the groups can be folded from the lake again.
 */
export type PersonaState = AllOf<Parameters<AnyProfileSignal['copy']>[0]>;

/** A state being written. */
export type StateDraft = AllOf<ReturnType<AnyProfileSignal['blank']>>;

/** The state of a persona without interactions: the identity of `combine`. */
export function emptyState(): PersonaState {
  return allOf(profileSignals.map((signal) => signal.blank()));
}

/** A draft that shares nothing with the state. */
export function draftOfState(state: PersonaState): StateDraft {
  return allOf(profileSignals.map((signal) => signal.copy(state)));
}
