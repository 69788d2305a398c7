import type { Interaction } from '#domain/interaction/interaction.ts';
import { isObject } from '#domain/interaction/is-object.ts';
import { type TraitRegister, type Write, writeTrait } from './traits.ts';

/** Most purposes, alone or with a channel (`marketing`, `marketing:email`), that a profile keeps a consent for. */
export const mostConsents = 32;

/** A consent that was given or refused, and when (epoch milliseconds). */
export interface Consent {
  readonly granted: boolean;
  readonly at: number;
}

/**
 * Writes what an interaction says about consent: Segment's `context.consent.categoryPreferences`, a yes or no by category
 * (https://segment.com/docs/privacy/consent-management/). The last word on a category counts.
 */
export function writeConsents(consents: Map<string, TraitRegister>, { context }: Interaction, write: Write): void {
  const said = isObject(context.consent) ? context.consent.categoryPreferences : undefined;
  if (!isObject(said)) return;
  for (const [category, granted] of Object.entries(said)) {
    if (typeof granted === 'boolean') writeTrait(consents, category, granted, write, mostConsents);
  }
}

/** The consents of a state by purpose, or purpose and channel. */
export function consentsIn(registers: ReadonlyMap<string, TraitRegister>): ReadonlyMap<string, Consent> {
  return new Map([...registers].map(([name, { json, at }]) => [name, { granted: json === 'true', at }]));
}
