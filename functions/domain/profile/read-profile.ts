import * as z from 'zod';
import { allOf } from './all-of.ts';
import { customerState } from './customer-state.ts';
import type { PersonaState } from './persona-state.ts';
import { type AnyProfileSignal, profileSignals } from './profile-signals.ts';

/** A customer's live profile as the API answers it; money in integer minor units of its ISO 4217 currency. */
export const Profile = z.object(allOf(profileSignals.map(({ answer }) => answer)));
export type Profile = z.infer<typeof Profile>;

type Shown = ReturnType<AnyProfileSignal['shown']>;

/** The profile of a customer at a time: its personas' states combined, interests decayed, hidden traits left out. */
export function readProfile(states: PersonaState | readonly PersonaState[], now: Date): Profile {
  const state = customerState([states].flat());
  return allOf(profileSignals.map((signal): Shown => signal.shown(state, now)));
}
