import * as z from 'zod';
import { byCodeUnit } from '#domain/text/bounded-map.ts';
import { allOf } from './all-of.ts';
import { emptyState, type PersonaState } from './persona-state.ts';
import { profileSignals } from './profile-signals.ts';

/**
 * The one text of a state, as compact JSON: first the fields that every state has, sorted, then the others in the order of signals,
 * maps as sorted lists of tuples (so that no name can be mistaken for a property), times in epoch milliseconds. Equal states have
 * equal texts.
 */
export function encodeState(state: PersonaState): string {
  const always = profileSignals.map((signal) => signal.always?.(state));
  const whenTold = profileSignals.map((signal) => signal.whenTold?.(state));
  const texts = profileSignals.flatMap((signal) => signal.texts?.(state) ?? []);
  const values = JSON.stringify(Object.assign({ ...sortedFields }, ...always, ...whenTold));
  return `${values.slice(0, -1)},${texts.join(',')}}`;
}

/** Reads the text of a state back. Throws a ZodError or SyntaxError when it is none. */
export function decodeState(text: string): PersonaState {
  const fields = StateFields.parse(JSON.parse(text));
  return allOf(profileSignals.map((signal) => signal.decode(fields)));
}

const schema = { schema: 1 };

/** The fields that every state has, in the order of their names: an object keeps the order in which it got its fields. */
const sortedFields = Object.fromEntries(
  Object.entries(allOf<object>([schema, ...profileSignals.map((signal) => signal.always?.(emptyState()) ?? {})])).sort(
    ([a], [b]) => byCodeUnit(a, b),
  ),
);

const StateFields = z.object({ schema: z.literal(1) }).extend(allOf(profileSignals.map(({ fields }) => fields)));
