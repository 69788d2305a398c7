import type { RuleFacts } from '#domain/rule/rule-facts.ts';
import { type RuleProfile, ruleProfileOf } from '#domain/rule/rule-profile.ts';

/** The profile of a customer of whom nothing is known. */
export const unknownProfile: RuleProfile = ruleProfileOf([]);

/** Facts of a customer who is not known but for what is given. Now is noon of 22 November 2026, day 20,779. */
export function ruleFacts({
  profile = {},
  ...facts
}: Partial<Omit<RuleFacts, 'profile'>> & { profile?: Partial<RuleProfile> } = {}): RuleFacts {
  return {
    context: {},
    segments: new Set(),
    nowMs: Date.parse('2026-11-22T12:00:00Z'),
    ...facts,
    profile: { ...unknownProfile, ...profile },
  };
}

/** Traits as a profile has them. */
export function traitsOf(traits: Readonly<Record<string, unknown>>): { traits: ReadonlyMap<string, unknown> } {
  return { traits: new Map(Object.entries(traits)) };
}
